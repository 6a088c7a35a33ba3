package org.ashar.verifier;

import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import org.ashar.witness.WitnessCommand;

/** What the stand-alone jar starts: {@code verify …} or {@code witness …}. */
public final class Main {

    private static final String USAGE =
            """
            usage: verify …   check an installation: its log, and its public record
                   witness …  cosign checkpoints of other people's logs
            Either says more when it is given nothing else.
            """;
    private static final int NOT_UNDERSTOOD = 2;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err)
            throws InterruptedException {
        String command = arguments.isEmpty() ? "help" : arguments.getFirst();
        List<String> rest =
                arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        return switch (command) {
            case "verify" -> new VerifyCommand(out, err, Clock.systemUTC()).run(rest);
            case "witness" -> WitnessCommand.run(rest, out, err, Clock.systemUTC());
            case "--help", "-h" -> {
                out.print(USAGE);
                yield 0;
            }
            default -> {
                err.print(USAGE);
                yield NOT_UNDERSTOOD;
            }
        };
    }
}
