package org.ashar.web;

/**
 * Ends the handling of a request with a problem. It carries no stack trace: a problem is an answer,
 * not a fault of the program.
 */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.status() + " " + problem.code(), null, false, false);
        this.problem = problem;
    }

    /** What to answer. */
    public Problem problem() {
        return problem;
    }
}
