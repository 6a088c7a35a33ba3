package org.ashar.portal.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.ashar.portal.gateway.RoutedServices;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Where programs find what services offer. */
@Controller
final class OpenApiController {

    private final RoutedServices services;
    private final PageWriter pages;

    OpenApiController(RoutedServices services, PageWriter pages) {
        this.services = services;
        this.pages = pages;
    }

    @GetMapping("/openapi")
    void openApi(HttpServletRequest request, HttpServletResponse response) throws IOException {
        pages.write(request, response, "openapi", Map.of("services", services.descriptions()));
    }
}
