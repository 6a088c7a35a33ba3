package org.ashar.portal.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ashar.web.Languages;
import org.ashar.web.Messages;
import org.springframework.stereotype.Component;

/** Writes a filled template as a page. */
@Component
final class PageWriter {

    /** The interface's languages by tag, each in its own words. */
    private static final Map<String, String> LANGUAGES = new LinkedHashMap<>();

    static {
        LANGUAGES.put("ky", "Кыргызча");
        LANGUAGES.put("ru", "Русский");
        LANGUAGES.put("en", "English");
        LANGUAGES.put("ar", "العربية");
        LANGUAGES.put("th", "ไทย");
    }

    private final Templates templates;
    private final Assets assets;
    private final Languages languages;
    private final Messages messages;
    private final ZoneId zone;

    PageWriter(
            Templates templates,
            Assets assets,
            Languages languages,
            Messages messages,
            ZoneId zone) {
        this.templates = templates;
        this.assets = assets;
        this.languages = languages;
        this.messages = messages;
        this.zone = zone;
    }

    /** How things are said to whoever sent this request. */
    Wording wording(HttpServletRequest request) {
        return new Wording(languages.of(request), zone, messages);
    }

    /** The page in one language, with these links. */
    byte[] fill(String template, String language, Links links, Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("w", new Wording(language, zone, messages));
        all.put("links", links);
        all.put("languages", LANGUAGES);
        all.put("stylesheet", assets.path("portal.css"));
        all.put("icon", assets.path("icon.svg"));
        all.put("auditStylesheet", assets.path("audit.css"));
        all.put("verifier", assets.path("verify.js"));
        return templates.fill(template, all);
    }

    /** Answers with the page, in the language of whoever sent this request. */
    void write(
            HttpServletRequest request,
            HttpServletResponse response,
            String template,
            Map<String, ?> values)
            throws IOException {
        String language = languages.of(request);
        byte[] page = fill(template, language, Links.of(request), values);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Language", language);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Vary", "Accept-Language");
        response.getOutputStream().write(page);
    }
}
