package org.ashar.bench;

import java.util.ArrayList;
import java.util.List;
import org.ashar.bench.load.Load;

/** One measurement, made several times: its figures are medians. */
final class Figures {

    private final List<Load.Seen> runs = new ArrayList<>();

    void add(Load.Seen seen) {
        runs.add(seen);
    }

    double perSecond() {
        return Median.of(runs.stream().map(Load.Seen::perSecond).toList());
    }

    double millisAt(double percentile) {
        return Median.of(runs.stream().map(seen -> seen.millisAt(percentile)).toList());
    }
}
