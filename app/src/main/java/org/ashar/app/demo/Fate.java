package org.ashar.app.demo;

/** How a promise of the demonstration stands at its end, and how many stand so. */
enum Fate {
    VERIFIED(70),
    REPORTED(12),
    DISPUTED(10),
    RESUMED(4),
    ON_TIME(70),
    LATE(30),
    NOT_STARTED(23),
    WITHDRAWN(1);

    private final int count;

    Fate(int count) {
        this.count = count;
    }

    int count() {
        return count;
    }

    /** Whether it says that it is complete, be that true or not. */
    boolean claimsCompletion() {
        return this == VERIFIED || this == REPORTED || this == DISPUTED || this == RESUMED;
    }
}
