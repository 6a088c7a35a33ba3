package org.ashar.app.crash;

/** When in its life the process is killed. */
enum Moment {
    /** While it starts. */
    START,
    /** While clients give commands. */
    WORK,
    /** The same, while the public record is built again. */
    REBUILD,
    /** The same, while the demonstration is loaded. */
    DEMONSTRATION,
    /** The same, while the store writes or merges its files and its journal rolls. */
    JOURNAL
}
