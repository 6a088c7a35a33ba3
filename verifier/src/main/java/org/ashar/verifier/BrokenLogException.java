package org.ashar.verifier;

import java.util.Map;

/** Ends an audit: the log is not as it must be. */
final class BrokenLogException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Verdict.Broken verdict;

    BrokenLogException(String code, Map<String, String> facts) {
        super(code + " " + facts, null, false, false);
        this.verdict = new Verdict.Broken(code, facts);
    }

    Verdict.Broken verdict() {
        return verdict;
    }
}
