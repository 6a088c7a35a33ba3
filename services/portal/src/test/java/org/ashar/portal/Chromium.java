package org.ashar.portal;

import static java.util.function.Predicate.not;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One chromium, and the portal that it reads. */
final class Chromium implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final Browser browser;
    private final RunningPortal portal;

    Chromium(Path executable, RunningPortal portal) {
        this.portal = portal;
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new LaunchOptions()
                                        .setExecutablePath(executable)
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-gpu",
                                                        "--disable-background-networking")));
    }

    /** The browser of this machine, where there is one. */
    static Optional<Path> executable() {
        return NAMES.stream()
                .flatMap(
                        name ->
                                Stream.of(
                                                System.getenv()
                                                        .getOrDefault("PATH", "")
                                                        .split(Pattern.quote(":"), -1))
                                        .filter(not(String::isBlank))
                                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a reader sees with: nothing kept from before, no scripts. */
    static NewContextOptions reader(int width) {
        return new NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(ColorScheme.LIGHT)
                .setJavaScriptEnabled(false);
    }

    /** Opens a page; closing the visit ends everything that it kept. */
    Visit visit(String path, NewContextOptions options) {
        return new Visit(browser.newContext(options), portal.at(path).toString());
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /** A page in a browser, with what went over the line and what the browser complained about. */
    static final class Visit implements AutoCloseable {

        private final BrowserContext context;
        private final Page page;
        private final List<Request> requests = new ArrayList<>();
        private final List<String> complaints = new ArrayList<>();

        private Visit(BrowserContext context, String address) {
            this.context = context;
            page = context.newPage();
            page.onRequest(requests::add);
            page.onPageError(complaints::add);
            page.onRequestFailed(request -> complaints.add("failed: " + request.url()));
            page.onConsoleMessage(
                    message -> {
                        boolean ownStatus =
                                message.text().startsWith("Failed to load resource")
                                        && message.location().startsWith(address);
                        if (message.type().equals("error") && !ownStatus) {
                            complaints.add(message.text());
                        }
                    });
            page.navigate(address);
        }

        Page page() {
            return page;
        }

        List<String> complaints() {
            return List.copyOf(complaints);
        }

        List<String> addresses() {
            return requests.stream().map(Request::url).toList();
        }

        /** Bytes of everything that the page consists of, as read and as sent over the line. */
        Size size() {
            long read = 0;
            long sent = 0;
            for (Request request : List.copyOf(requests)) {
                Response response = request.response();
                read += response.body().length;
                sent += request.sizes().responseBodySize + request.sizes().responseHeadersSize;
            }
            return new Size(read, sent);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /** Bytes before and after compression, the latter with headers. */
    record Size(long read, long sent) {}
}
