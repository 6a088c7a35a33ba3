package org.ashar.accountability.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.tlog.NoteKey;
import org.ashar.witness.WitnessCommand;

/** The witness that anyone can run, in a thread. */
public final class RunningWitness implements AutoCloseable {

    private static final Pattern SAID =
            Pattern.compile("  key      (\\S+)\\R  address  (http://\\S+/)\\R(?s:.*)  log ");

    private final Thread thread;
    private final NoteKey key;
    private final URI address;

    /**
     * @param port 0 for any free one
     */
    public RunningWitness(Path data, String name, NoteKey log, int port) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, UTF_8);
        thread =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        WitnessCommand.run(
                                                List.of(
                                                        "--log",
                                                        log.vkey(),
                                                        "--name",
                                                        name,
                                                        "--listen",
                                                        "127.0.0.1:" + port,
                                                        "--data",
                                                        data.toString()),
                                                out,
                                                out,
                                                Clock.systemUTC()));
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !thread.isAlive() || said.toString(UTF_8).contains("  log "));
        Matcher matcher = SAID.matcher(said.toString(UTF_8));
        assertThat(matcher.find()).as("%s", said.toString(UTF_8)).isTrue();
        key = NoteKey.parse(matcher.group(1)).orThrow();
        address = URI.create(matcher.group(2));
    }

    public NoteKey key() {
        return key;
    }

    public URI address() {
        return address;
    }

    @Override
    public void close() {
        thread.interrupt();
        await().atMost(Duration.ofSeconds(20)).until(() -> !thread.isAlive());
    }
}
