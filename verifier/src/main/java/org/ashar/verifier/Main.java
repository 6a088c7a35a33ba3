package org.ashar.verifier;

import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

/** What the stand-alone jar starts: {@code verify URL …}. */
public final class Main {

    private static final int NOT_UNDERSTOOD = 2;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err)
            throws InterruptedException {
        String command = arguments.isEmpty() ? "help" : arguments.getFirst();
        return switch (command) {
            case "verify" ->
                    new VerifyCommand(out, err, Clock.systemUTC())
                            .run(arguments.subList(1, arguments.size()));
            default -> {
                err.print(VerifyCommand.USAGE);
                yield NOT_UNDERSTOOD;
            }
        };
    }
}
