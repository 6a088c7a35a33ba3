package org.ashar.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.ashar.app.demo.Demonstration;
import org.ashar.standalone.DataFolder;
import org.ashar.standalone.Format;

/** Loads the demonstration into a running instance. */
final class DemoCommand {
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Path data;
    private final Clock clock;

    DemoCommand(Terminal terminal, Map<String, String> environment, Path data, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.data = data;
        this.clock = clock;
    }

    /** The same stories at every load into a folder: they are told as of its first day. */
    void load(String address) {
        LocalDate told =
                DataFolder.formatOf(data)
                        .map(Format::founded)
                        .orElseGet(() -> LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        Demonstration.load(
                URI.create(address),
                TokenCommand.issuer(environment, data, clock),
                told,
                clock,
                terminal::say);
    }
}
