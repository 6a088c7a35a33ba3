package org.ashar.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ashar.web.Problem.Fault;

/**
 * Everything found wrong with one request. Beyond {@value #MAX_LISTED} faults are counted, not
 * listed. One fault of form makes the whole request malformed (400); otherwise it is well-formed
 * with values that break rules (422).
 */
final class Faults {

    static final int MAX_LISTED = 100;

    private final List<Fault> listed = new ArrayList<>();
    private int more;
    private boolean malformed;

    void malformed(Fault fault) {
        malformed = true;
        add(fault);
    }

    void invalid(Fault fault) {
        add(fault);
    }

    boolean isEmpty() {
        return listed.isEmpty();
    }

    int count() {
        return listed.size() + more;
    }

    /** Throws the problem, if there is one. */
    void orThrow() {
        if (!isEmpty()) {
            throw new ProblemException(
                    new Problem(
                            malformed ? 400 : 422,
                            malformed ? "request.malformed" : "request.invalid",
                            Map.of(),
                            listed,
                            more,
                            Map.of()));
        }
    }

    private void add(Fault fault) {
        if (listed.size() < MAX_LISTED) {
            listed.add(fault);
        } else {
            more++;
        }
    }
}
