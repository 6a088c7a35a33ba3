package org.ashar.portal.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ashar.portal.config.PortalSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a page was asked for, and the addresses that it links to. A language that the reader chose
 * by {@code ?lang=} goes along, since there is no cookie to keep it. What no page knows is dropped.
 */
public final class Links {

    private static final List<String> PARAMETERS =
            List.of(
                    "lang",
                    "q",
                    "show",
                    "sort",
                    "after",
                    "type",
                    "place",
                    "live",
                    "spending",
                    "milestones",
                    "reports",
                    "whole");

    private static final int MAX_QUERY = 2_000;

    private final String path;
    private final SortedMap<String, String> parameters;

    private Links(String path, SortedMap<String, String> parameters) {
        this.path = path;
        this.parameters = parameters;
    }

    static Links of(HttpServletRequest request) {
        return new Links(request.getRequestURI(), parameters(request.getQueryString()));
    }

    /** The links of a page that is about no address of its own. */
    static Links in(String language) {
        return new Links("/", new TreeMap<>(Map.of("lang", language)));
    }

    /**
     * The address of this site: what it is known by or, where that is not set, as whoever asks
     * reached it; {@code URL} where they do not say.
     */
    static String site(PortalSettings settings, HttpServletRequest request) {
        if (!settings.publicUrl().isEmpty()) {
            return settings.publicUrl();
        }
        String host = String.valueOf(request.getHeader("Host"));
        return host.matches("[A-Za-z0-9.:\\[\\]-]{1,255}")
                ? request.getScheme() + "://" + host
                : "URL";
    }

    private static SortedMap<String, String> parameters(@Nullable String query) {
        SortedMap<String, String> parameters = new TreeMap<>();
        if (query == null || query.length() > MAX_QUERY) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            int sign = pair.indexOf('=');
            String name = sign < 0 ? pair : pair.substring(0, sign);
            if (PARAMETERS.contains(name) && sign >= 0) {
                String value = decoded(pair.substring(sign + 1));
                if (!value.isBlank()) {
                    parameters.putIfAbsent(name, value);
                }
            }
        }
        return parameters;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** What the reader asked for under this name. */
    public @Nullable String asked(String name) {
        return parameters.get(name);
    }

    /** The same as a number, where it is a small one. */
    int number(String name) {
        String value = parameters.get(name);
        return value != null && value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : 0;
    }

    /** Another page, in the same language. */
    public String to(String other) {
        String lang = parameters.get("lang");
        return lang == null ? other : address(other, Map.of("lang", lang));
    }

    /** Another page that is asked for something, in the same language. */
    public String to(String other, String name, String value) {
        return to(other, Map.of(name, value));
    }

    /** The same with several names and values. */
    String to(String other, Map<String, String> values) {
        SortedMap<String, String> asked = new TreeMap<>(values);
        String lang = parameters.get("lang");
        if (lang != null) {
            asked.put("lang", lang);
        }
        return address(other, asked);
    }

    /** This page with one parameter set otherwise. */
    public String with(String name, Object value) {
        SortedMap<String, String> changed = new TreeMap<>(parameters);
        changed.put(name, value.toString());
        return address(path, changed);
    }

    /** This page from its beginning, with one parameter set otherwise. */
    public String afresh(String name, String value) {
        SortedMap<String, String> changed = new TreeMap<>(parameters);
        changed.remove("after");
        changed.put(name, value);
        return address(path, changed);
    }

    /** This page without a parameter. */
    public String without(String name) {
        SortedMap<String, String> changed = new TreeMap<>(parameters);
        changed.remove(name);
        return address(path, changed);
    }

    private static String address(String path, Map<String, String> parameters) {
        String query =
                parameters.entrySet().stream()
                        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }
}
