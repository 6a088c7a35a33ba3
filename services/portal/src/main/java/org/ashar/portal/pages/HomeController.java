package org.ashar.portal.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.ashar.places.Places;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Choosing a place: by its name, or down the tree. */
@Controller
final class HomeController {

    private static final int MOST_FOUND = 40;

    private final Places places;
    private final PageWriter pages;

    HomeController(Places places, PageWriter pages) {
        this.places = places;
        this.pages = pages;
    }

    @GetMapping("/")
    void home(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Wording w = pages.wording(request);
        Links links = Links.of(request);
        String text = links.asked("q");
        List<Listed> found =
                text == null
                        ? List.of()
                        : places.search(text, MOST_FOUND).stream()
                                .map(place -> Listed.of(place, places, links, w))
                                .toList();
        pages.write(
                request,
                response,
                "home",
                Map.of(
                        "searched",
                        text != null,
                        "text",
                        text == null ? "" : text,
                        "found",
                        found,
                        "more",
                        found.size() == MOST_FOUND,
                        "roots",
                        places.roots().stream()
                                .map(place -> Listed.of(place, places, links, w))
                                .toList()));
    }
}
