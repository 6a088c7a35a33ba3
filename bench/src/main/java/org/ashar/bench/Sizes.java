package org.ashar.bench;

import java.util.List;

/**
 * How much is measured.
 *
 * @param runs of each figure, of which the median is told
 * @param commands of each kind in a run
 * @param events at least, for the rebuild
 * @param seconds of the open loop
 * @param starts of the whole process
 * @param followers of the log that hear nothing
 * @param entries that the log is read and verified with
 * @param flat sizes of the store, in commits, at which single operations are timed
 */
record Sizes(
        int runs,
        int commands,
        int events,
        int seconds,
        int starts,
        int followers,
        int entries,
        List<Integer> flat) {

    static final Sizes WHOLE =
            new Sizes(
                    3,
                    5_000,
                    200_000,
                    30,
                    5,
                    1_000,
                    1_000_000,
                    List.of(10_000, 100_000, 1_000_000));

    static final Sizes QUICK =
            new Sizes(1, 2_000, 20_000, 5, 1, 100, 20_000, List.of(10_000, 50_000));
}
