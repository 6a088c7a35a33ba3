package org.ashar.bench;

import java.util.List;

/** The middle of some figures. */
final class Median {

    private Median() {}

    static double of(List<Double> figures) {
        return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
    }
}
