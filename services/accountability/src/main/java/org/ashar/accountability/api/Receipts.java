package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.witness.WitnessedLog;
import org.ashar.kernel.Checked;
import org.ashar.tlog.Hash;
import org.ashar.tlog.LogProof;
import org.ashar.tlog.SignedNote;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.ashar.web.Query;
import org.ashar.web.Store;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where an event is in the ledger, and what shows it. */
@RestController
@RequestMapping("/api/ledger")
final class Receipts {

    private final Ledger ledger;
    private final WitnessedLog witnessed;

    Receipts(Ledger ledger, WitnessedLog witnessed) {
        this.ledger = ledger;
        this.witnessed = witnessed;
    }

    /**
     * An event's place.
     *
     * @param leaf its leaf hash (RFC 6962), in base64
     * @param entry the bytes that are hashed, which are the event in canonical JSON
     * @param receipt shows the entry to be in the log, by itself (C2SP tlog-proof)
     */
    record Receipt(String event, long index, String leaf, String entry, String receipt) {}

    /**
     * What shows an event to be in the log.
     *
     * @param path hashes from the leaf upwards, in base64
     * @param checkpoint the signed note whose root the path leads to
     */
    record Inclusion(String event, long index, List<String> path, String checkpoint) {}

    /**
     * What shows the log of one size to be the beginning of that of another.
     *
     * @param path hashes in base64
     */
    record Consistency(long from, long to, List<String> path) {}

    @GetMapping("/events/{type}/{event}")
    Receipt receipt(@PathVariable String type, @PathVariable String event, Query query) {
        return query.valid(
                () -> {
                    String id = type + "/" + event;
                    long index = index(id);
                    byte[] entry = Store.read(() -> ledger.entry(index));
                    return new Receipt(
                            id,
                            index,
                            Hash.leaf(entry).base64(),
                            new String(entry, UTF_8),
                            Store.read(() -> witnessed.proof(index)).written());
                });
    }

    @GetMapping("/events/{type}/{event}/proof")
    Inclusion proof(@PathVariable String type, @PathVariable String event, Query query) {
        return query.valid(
                () -> {
                    String id = type + "/" + event;
                    LogProof proof = proof(id);
                    return new Inclusion(
                            id, proof.index(), base64(proof.path()), proof.checkpoint().written());
                });
    }

    /** The same as a file that stands alone (C2SP tlog-proof). */
    @GetMapping("/events/{type}/{event}.tlog-proof")
    ResponseEntity<String> file(
            @PathVariable String type, @PathVariable String event, Query query) {
        return query.valid(
                () ->
                        ResponseEntity.ok()
                                .contentType(new MediaType(MediaType.TEXT_PLAIN, UTF_8))
                                .header(
                                        "Content-Disposition",
                                        "attachment; filename=\"" + event + ".tlog-proof\"")
                                .body(proof(type + "/" + event).written()));
    }

    /** Data that are too long for an entry, whose {@code dataref} leads here. */
    @GetMapping("/payloads/{digest}")
    ResponseEntity<byte[]> payload(@PathVariable String digest, Query query) {
        return query.valid(
                () ->
                        ResponseEntity.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .body(
                                        Store.read(() -> ledger.payload(digest))
                                                .orElseThrow(
                                                        () ->
                                                                new ProblemException(
                                                                        Problem.of(
                                                                                404,
                                                                                "ledger.no-such-payload")))));
    }

    /** A checkpoint that the log signed once: whoever was shown one finds it here again. */
    @GetMapping("/checkpoints/{size}")
    ResponseEntity<String> checkpoint(@PathVariable String size, Query query) {
        return query.valid(
                () -> {
                    SignedNote signed =
                            switch (size(size)) {
                                case Checked.Valid<Long>(Long of) ->
                                        Store.read(() -> witnessed.signed(of))
                                                .orElseThrow(Receipts::noSuchCheckpoint);
                                case Checked.Invalid<Long> _ -> throw noSuchCheckpoint();
                            };
                    return ResponseEntity.ok()
                            .contentType(new MediaType(MediaType.TEXT_PLAIN, UTF_8))
                            .body(signed.written());
                });
    }

    private static ProblemException noSuchCheckpoint() {
        return new ProblemException(Problem.of(404, "ledger.no-such-checkpoint"));
    }

    @GetMapping("/consistency")
    Consistency consistency(Query query) {
        long from = query.value("from", Receipts::size).orElse(1L);
        Optional<Long> asked = query.value("to", Receipts::size);
        return query.valid(
                () -> {
                    long size = Store.read(ledger::size);
                    long to = asked.orElse(size);
                    if (from > to || to > size) {
                        throw new ProblemException(Problem.of(404, "ledger.no-such-size"));
                    }
                    return new Consistency(
                            from, to, base64(Store.read(() -> ledger.consistency(from, to))));
                });
    }

    private long index(String event) {
        return Store.read(() -> ledger.index(event))
                .orElseThrow(() -> new ProblemException(Problem.of(404, "ledger.not-logged")));
    }

    private LogProof proof(String event) {
        long index = index(event);
        return Store.read(() -> witnessed.proof(index));
    }

    private static List<String> base64(List<Hash> path) {
        return path.stream().map(Hash::base64).toList();
    }

    private static Checked<Long> size(String text) {
        return text.matches("[1-9][0-9]{0,17}")
                ? Checked.valid(Long.parseLong(text))
                : Checked.invalid("ledger.malformed-size");
    }
}
