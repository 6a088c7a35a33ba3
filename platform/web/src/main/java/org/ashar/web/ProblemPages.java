package org.ashar.web;

/**
 * Shows problems to people: where a bean of this type exists, readers who prefer HTML, outside of
 * {@code /api}, get its page in the place of a JSON problem, with the same status and headers.
 */
@FunctionalInterface
public interface ProblemPages {

    /**
     * A whole HTML page. Must not throw: it is shown when something else went wrong.
     *
     * @param status HTTP status
     * @param title short text for the status, in {@code language}
     * @param detail what went wrong, in {@code language}
     * @param traceId what to tell an operator
     * @param language one of {@link Languages#INTERFACE}
     */
    String html(int status, String title, String detail, String traceId, String language);
}
