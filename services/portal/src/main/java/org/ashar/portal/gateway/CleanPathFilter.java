package org.ashar.portal.gateway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.ashar.web.Problem;
import org.ashar.web.Problems;
import org.springframework.stereotype.Component;

/**
 * Lets only plain paths in: segments of letters, digits and {@code - _ ~ : . @}, none of them empty
 * but the last, none of them dots alone, nothing percent-encoded, no path parameters. What portal
 * and service read in such a path cannot differ, so nobody climbs out of a route.
 */
@Component
final class CleanPathFilter extends HttpFilter {

    private static final int MAX_PATH = 500;
    private static final Pattern CLEAN =
            Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9_~:.@-]+)*+/?");

    private final Problems problems;

    CleanPathFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        if (path.length() > MAX_PATH || !CLEAN.matcher(path).matches()) {
            problems.write(Problem.of(400, "request.malformed-address"), request, response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
