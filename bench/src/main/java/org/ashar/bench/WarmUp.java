package org.ashar.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * Rounds before a measurement, so that what is told is the speed of a server after some minutes.
 * They go on until three in a row are no faster than the best before them.
 */
final class WarmUp {

    private static final int PATIENCE = 3;
    private static final double FASTER = 1.03;
    private static final int MOST_ROUNDS = 20;

    private WarmUp() {}

    /**
     * Warms up.
     *
     * @param unit of the speed, to be told
     * @param round takes its number, from 1, and answers its speed: more is faster
     */
    static void run(PrintStream out, String unit, IntToDoubleFunction round) {
        double best = 0;
        int noFaster = 0;
        for (int number = 1; noFaster < PATIENCE && number <= MOST_ROUNDS; number++) {
            double speed = round.applyAsDouble(number);
            out.printf(Locale.ROOT, "warming up, round %d: %.1f %s%n", number, speed, unit);
            noFaster = speed > best * FASTER ? 0 : noFaster + 1;
            best = Math.max(best, speed);
        }
    }
}
