package org.ashar.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes problems for what never reaches a controller: requests that the server itself refuses, and
 * faults in filters. In the place of the server's own HTML.
 */
final class ProblemValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

    private final Problems problems;

    ProblemValve(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable fault) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            RequestGate.secure(request, response);
            // Not what filters write to: that takes sendError for an answer, and nothing more.
            problems.write(Problems.of(status), request, response);
        } catch (IOException e) {
            LOG.debug("The client went away before it could be told of {}", status, e);
        }
    }
}
