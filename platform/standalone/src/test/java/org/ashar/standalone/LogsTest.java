package org.ashar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

class LogsTest {
    @TempDir Path folder;

    @Test
    void keep_within_50_megabytes_and_one_line_an_event() throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("ashar.logs", folder.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Logs.class.getResource("logback-folder.xml"));
        Logger logger = context.getLogger("org.ashar.test");

        logger.info("a line\nand a forged\r\n2026-01-01 ERROR one");
        assertThat(Files.readAllLines(folder.resolve("ashar.log")))
                .singleElement()
                .asString()
                .contains("a line | and a forged | 2026-01-01 ERROR one");
        String text = "x".repeat(3_000);
        for (int line = 0; line < 20_000; line++) {
            logger.info(text);
        }
        context.stop();

        try (Stream<Path> files = Files.list(folder)) {
            List<Path> kept = files.toList();
            assertThat(kept).hasSize(10);
            long bytes = 0;
            for (Path file : kept) {
                bytes += Files.size(file);
            }
            assertThat(bytes).isBetween(40_000_000L, 50 * 1024 * 1024L + 10 * 4_000);
        }
    }
}
