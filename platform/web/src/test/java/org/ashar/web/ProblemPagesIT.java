package org.ashar.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.ashar.web.Server.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

class ProblemPagesIT {

    /** The small service with pages for people. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @Import(ThingsApplication.class)
    static class WithPages {
        @Bean
        ProblemPages pages() {
            return (status, title, detail, traceId, language) ->
                    "<p lang=" + language + ">" + status + " " + title + " " + detail;
        }
    }

    @Test
    void people_get_a_page_and_programs_and_the_api_get_json(@TempDir Path folder)
            throws Exception {
        try (Server server = new Server(WithPages.class, folder.resolve("keys"), Map.of())) {
            String browser = "text/html,application/xhtml+xml,*/*;q=0.8";
            Answer page = server.send(server.to("/none?lang=en").header("Accept", browser));
            assertThat(page.status()).isEqualTo(404);
            assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
            assertThat(page.header("Content-Language")).isEqualTo("en");
            assertThat(page.text())
                    .isEqualTo("<p lang=en>404 Not found There is nothing at this address.");

            String refused = "GET /a|b HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n";
            assertThat(server.raw(refused))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"code\":\"request.malformed\"");

            for (String[] json :
                    new String[][] {
                        {"/none", "*/*"}, {"/api/none", browser}, {"/none", "text/csv"}
                    }) {
                Answer answer = server.send(server.to(json[0]).header("Accept", json[1]));
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(answer.code()).isEqualTo("request.no-such-path");
            }
        }
    }
}
