package org.ashar.web;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ashar.eventstore.Outcome;
import org.ashar.web.Problem.Fault;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Answers in the form of CONTRACTS.md. An answer to a command holds only what its commit holds, so
 * that a retry is answered like the first time.
 */
public final class Answers {

    /**
     * The body of every answer to a command that took effect.
     *
     * @param id the aggregate's id, without its stream type
     * @param version its version after the command; also the ETag
     */
    public record Effect(String id, long version) {}

    private Answers() {}

    /**
     * 201 with the new aggregate's address under {@code collection} ({@code /api/commitments}).
     * Throws {@link ProblemException} where the command did not take effect.
     */
    public static ResponseEntity<Effect> created(Outcome outcome, String collection) {
        Outcome.Done done = done(outcome);
        return ResponseEntity.status(201)
                .header("Location", collection + "/" + done.stream().id())
                .eTag(etag(done.version()))
                .body(new Effect(done.stream().id(), done.version()));
    }

    /** 200. Throws {@link ProblemException} where the command did not take effect. */
    public static ResponseEntity<Effect> of(Outcome outcome) {
        Outcome.Done done = done(outcome);
        return ResponseEntity.ok()
                .eTag(etag(done.version()))
                .body(new Effect(done.stream().id(), done.version()));
    }

    /**
     * 200 with an aggregate as it is at {@code version}, or 304 to a reader who has that version.
     * Only for bodies that depend on nothing but the version: not on the day, not on the reader.
     */
    public static <T> ResponseEntity<T> current(long version, T body) {
        return ResponseEntity.ok().eTag(etag(version)).body(body);
    }

    /**
     * 200 with a page of a list: as a table to whoever prefers one ({@link Query#wantsCsv}), else
     * as JSON. Caches are told that it depends on {@code Accept}.
     */
    public static <T> ResponseEntity<?> page(
            Query query, Page<T> page, Function<List<T>, Csv> table, String fileName) {
        return query.wantsCsv()
                ? csv(table.apply(page.items()), fileName, page.next())
                : ResponseEntity.ok().varyBy("Accept").body(page);
    }

    /**
     * 200 with a page of a table, under a file name for those who save it.
     *
     * @param next what to ask for as {@code after} to get the page that follows, told in the header
     *     {@code Next-After}; absent after the last page
     */
    public static ResponseEntity<byte[]> csv(Csv table, String fileName, @Nullable String next) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.ok()
                        .contentType(Csv.TYPE)
                        .header("Content-Disposition", "attachment; filename=\"" + fileName + "\"")
                        .varyBy("Accept");
        if (next != null) {
            answer.header("Next-After", next);
        }
        return answer.body(table.bytes());
    }

    /** The ETag of an aggregate at this version: {@code "7"}. */
    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    private static Outcome.Done done(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done;
            case Outcome.Refused refused ->
                    throw new ProblemException(Problem.of(refused.refusal()));
            case Outcome.Stale stale ->
                    throw new ProblemException(
                            Problem.at(
                                            412,
                                            Fault.inHeader(
                                                    "If-Match",
                                                    "request.stale",
                                                    Map.of(
                                                            "version",
                                                            Long.toString(stale.version()))))
                                    .with("ETag", etag(stale.version())));
            case Outcome.KeyReused _ ->
                    throw new ProblemException(
                            Problem.at(
                                    422,
                                    Fault.inHeader(
                                            "Idempotency-Key", "request.key-reused", Map.of())));
        };
    }
}
