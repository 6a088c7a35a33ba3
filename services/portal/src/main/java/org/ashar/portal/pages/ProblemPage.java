package org.ashar.portal.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.ashar.web.ProblemPages;
import org.springframework.stereotype.Component;

/** What went wrong, as a page: in plain words, with what to do next. */
@Component
final class ProblemPage implements ProblemPages {

    private final PageWriter pages;

    ProblemPage(PageWriter pages) {
        this.pages = pages;
    }

    @Override
    public String html(int status, String title, String detail, String traceId, String language) {
        return new String(
                pages.fill(
                        "problem",
                        language,
                        Links.in(language),
                        Map.of(
                                "status", status,
                                "title", title,
                                "detail", detail,
                                "traceId", traceId)),
                UTF_8);
    }
}
