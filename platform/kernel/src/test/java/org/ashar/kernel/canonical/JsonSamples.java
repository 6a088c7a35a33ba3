package org.ashar.kernel.canonical;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random JSON texts, with odd spacing and escapes. */
final class JsonSamples {

    private JsonSamples() {}

    static String random(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> Integer.toString(random.nextInt());
            case 1 -> "%.6f".formatted(random.nextDouble() * 1e6).replace(',', '.');
            case 2 -> string(random);
            case 3 -> random.nextBoolean() ? " true " : "null";
            case 4 ->
                    IntStream.range(0, random.nextInt(5))
                            .mapToObj(i -> random(random, depth - 1))
                            .collect(Collectors.joining(" ,\n", "[ ", "]"));
            default ->
                    IntStream.range(0, random.nextInt(5))
                            .mapToObj(
                                    i ->
                                            "\""
                                                    + i
                                                    + string(random).substring(1)
                                                    + ":"
                                                    + random(random, depth - 1))
                            .collect(Collectors.joining(",\t", "{", " }"));
        };
    }

    private static String string(Random random) {
        return random.ints(random.nextInt(8), 0, 0x2000)
                .mapToObj(
                        c ->
                                c % 3 == 0 || c < 0x20 || c == '"' || c == '\\'
                                        ? "\\u%04X".formatted(c)
                                        : Character.toString(c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
