package org.ashar.accountability.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.ledger.Selection;
import org.ashar.kernel.Checked;
import org.ashar.web.OpenAnswers;
import org.ashar.web.Problem;
import org.ashar.web.Problem.Fault;
import org.ashar.web.ProblemException;
import org.ashar.web.Problems;
import org.ashar.web.Query;
import org.ashar.web.Store;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The events of the log as they come (Server-Sent Events): {@code id} is the index of the entry,
 * {@code event} the type, {@code data} the canonical CloudEvent. Who comes back with {@code
 * Last-Event-ID} goes on behind it and misses nothing; who names neither that nor {@code from}
 * hears what comes from now on.
 */
@RestController
final class EventStream {

    private static final String LAST = "Last-Event-ID";

    /** What one has who began to follow before the first entry. */
    private static final String BEFORE_ALL = "-1";

    /** Of entries, for all together who read what was there before: others are served beside. */
    private static final int CATCHING_UP_PER_SECOND = 10_000;

    private final Ledger ledger;
    private final OpenAnswers answers;
    private final Pace pace = new Pace(CATCHING_UP_PER_SECOND);

    EventStream(Ledger ledger, OpenAnswers answers) {
        this.ledger = ledger;
        this.answers = answers;
    }

    @GetMapping("/api/ledger/stream")
    void stream(Query query, HttpServletRequest request, HttpServletResponse response) {
        Optional<Long> from = query.value("from", Selections::index);
        Selection selection = Selections.of(query);
        long start =
                query.valid(
                        () -> {
                            long size = Store.read(ledger::size);
                            long first = last(request).map(i -> i + 1).or(() -> from).orElse(size);
                            if (first > size) {
                                throw new ProblemException(Problem.of(404, "ledger.no-such-index"));
                            }
                            return first;
                        });
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        if (request.getMethod().equals("HEAD")) {
            return; // there is no body that could ever fail to arrive
        }
        if (ledger.isOver()) {
            throw new ProblemException(Problems.of(503));
        }
        if (!answers.enter()) {
            throw new ProblemException(
                    Problem.of(503, "ledger.too-many-followers").with("Retry-After", "10"));
        }
        answers.begin(request, new Follower(ledger, selection, start, pace));
    }

    private static Optional<Long> last(HttpServletRequest request) {
        String last = request.getHeader(LAST);
        if (last == null || last.isEmpty()) {
            return Optional.empty();
        }
        if (last.equals(BEFORE_ALL)) {
            return Optional.of(-1L);
        }
        return switch (Selections.index(last)) {
            case Checked.Valid<Long>(Long index) -> Optional.of(index);
            case Checked.Invalid<Long>(String code, Map<String, String> arguments) ->
                    throw new ProblemException(
                            Problem.at(400, Fault.inHeader(LAST, code, arguments)));
        };
    }
}
