package org.ashar.portal.pages;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Holds browsers to what pages need and no more: own styles and pictures, own forms, no frame, and
 * no script but on the one page that checks a proof. Set before anything is decided, so that pages
 * about problems have it too.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PageHeadersFilter extends HttpFilter {

    private static final String HEADER = "Content-Security-Policy";

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'";

    private static final String POLICY_WITH_OWN_SCRIPT =
            POLICY
                    + "; script-src 'self'; connect-src 'self';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    /** For a page with a script of ours, which reads from here alone and writes no markup. */
    static void allowOwnScript(HttpServletResponse response) {
        response.setHeader(HEADER, POLICY_WITH_OWN_SCRIPT);
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader(HEADER, POLICY);
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        chain.doFilter(request, response);
    }
}
