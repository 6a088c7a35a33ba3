package org.ashar.portal.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The few files that pages use. Their addresses change with their content, so they keep. */
@Controller
final class Assets {

    private record Asset(String version, String mediaType, String text) {}

    private final Map<String, Asset> assets = new HashMap<>();

    Assets() {
        add("portal.css", "text/css;charset=UTF-8");
        add("audit.css", "text/css;charset=UTF-8");
        add("icon.svg", "image/svg+xml");
        add("verify.js", "text/javascript;charset=UTF-8");
    }

    private void add(String name, String mediaType) {
        try (InputStream file = Assets.class.getResourceAsStream("/portal/assets/" + name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            byte[] bytes = file.readAllBytes();
            CRC32C sum = new CRC32C();
            sum.update(bytes);
            assets.put(
                    name,
                    new Asset(
                            Long.toHexString(sum.getValue()), mediaType, new String(bytes, UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path(String name) {
        return "/assets/" + asset(name).version() + "/" + name;
    }

    private Asset asset(String name) {
        Asset asset = assets.get(name);
        if (asset == null) {
            throw new ProblemException(Problem.of(404, "request.no-such-path"));
        }
        return asset;
    }

    @GetMapping("/assets/{version}/{name}")
    void asset(
            @PathVariable String version, @PathVariable String name, HttpServletResponse response)
            throws IOException {
        Asset asset = asset(name);
        boolean current = asset.version().equals(version);
        send(asset, current ? "public, max-age=31536000, immutable" : "no-cache", response);
    }

    /** Browsers ask for this one by themselves. */
    @GetMapping("/favicon.ico")
    void icon(HttpServletResponse response) throws IOException {
        send(asset("icon.svg"), "public, max-age=86400", response);
    }

    private static void send(Asset asset, String keep, HttpServletResponse response)
            throws IOException {
        response.setContentType(asset.mediaType());
        response.setHeader("Cache-Control", keep);
        response.getOutputStream().write(asset.text().getBytes(UTF_8));
    }
}
