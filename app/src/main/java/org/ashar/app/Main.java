package org.ashar.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ashar.security.KeyFolderException;
import org.ashar.standalone.Logs;
import org.ashar.standalone.StandaloneException;
import org.ashar.verifier.VerifyCommand;
import org.ashar.witness.WitnessCommand;

/**
 * The commands behind {@code ./ashar}. Exit status: 0 done, 1 failed, 2 not understood, 3 nothing
 * runs; of {@code verify} as {@link VerifyCommand} says.
 */
public final class Main {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int NOT_UNDERSTOOD = 2;
    static final int NOTHING_RUNS = 3;

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Path home;
    private final Clock clock;

    Main(Terminal terminal, Map<String, String> environment, Path home, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.home = home;
        this.clock = clock;
    }

    /**
     * Runs one command. The system property {@code ashar.home} names the folder of {@code ./ashar}.
     */
    public static void main(String[] arguments) {
        Terminal terminal =
                new Terminal(
                        System.out,
                        System.err,
                        new BufferedReader(new InputStreamReader(System.in, UTF_8)));
        Main main =
                new Main(
                        terminal,
                        System.getenv(),
                        Path.of(System.getProperty("ashar.home", "")).toAbsolutePath(),
                        Clock.systemUTC());
        System.exit(main.run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        String command = arguments.isEmpty() ? "help" : arguments.getFirst();
        List<String> rest =
                arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        Path data = home.resolve("data");
        try {
            if (!Set.of("up", "rehearse").contains(command)) {
                Logs.errorsAlone();
            }
            return switch (command) {
                case "up" -> new Up(terminal, environment, data, clock).run(rest);
                case "token" -> new TokenCommand(terminal, environment, data, clock).run(rest);
                case "status" -> new Status(terminal, environment, data, clock).run(rest);
                case "stop" -> new Stop(terminal, data).run(rest);
                case "rehearse" -> new Rehearsal(terminal, environment, clock).run(rest);
                case "parked", "rebuild", "republish" ->
                        new Operator(terminal, environment, data, clock).run(command, rest);
                case "witness" -> WitnessCommand.run(rest, terminal.out(), terminal.err(), clock);
                case "verify" -> new VerifyCommand(terminal.out(), terminal.err(), clock).run(rest);
                default -> throw new UsageException("there is no command " + command);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            terminal.complain("it was interrupted");
            return NOT_UNDERSTOOD;
        } catch (UsageException e) {
            terminal.complain(String.valueOf(e.getMessage()));
            return NOT_UNDERSTOOD;
        } catch (StandaloneException | KeyFolderException e) {
            terminal.complain(String.valueOf(e.getMessage()));
            return FAILED;
        }
    }
}
