package org.ashar.embedded.journal;

/** What is wrong with a store until somebody mends it. */
public enum Trouble {
    /** Something could not be written: the store takes no more until it is opened anew. */
    STOPPED("the store cannot write, and takes nothing more until it is opened anew"),

    /** Stored bytes are not what was written: what lies in them cannot be read, the rest can. */
    DAMAGED("a part of what is stored is damaged, and what lies in it cannot be read");

    private final String reason;

    Trouble(String reason) {
        this.reason = reason;
    }

    /** In plain words, without a path. */
    public String reason() {
        return reason;
    }
}
