package org.ashar.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ashar.kernel.Checked;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.SignedNote;
import org.jspecify.annotations.Nullable;

/** Verifies a log once, and remembers it where asked to. */
public final class Auditor {

    private final URI base;
    private final @Nullable NoteKey key;
    private final @Nullable Path state;

    /**
     * @param key the log's key; null to believe the one that the log shows, at first sight
     * @param state the file to remember it in; null to remember nothing
     */
    public Auditor(URI base, @Nullable NoteKey key, @Nullable Path state) {
        this.base = base;
        this.key = key;
        this.state = state;
    }

    /**
     * Reads the whole log and judges it.
     *
     * @param progress hears of entries read and entries in all
     */
    public Verdict verify(BiConsumer<Long, Long> progress) throws InterruptedException {
        try (LedgerSource source = new LedgerSource(base)) {
            return verify(source, progress);
        } catch (BrokenLogException e) {
            return e.verdict();
        } catch (IOException e) {
            return new Verdict.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private Verdict verify(LedgerSource source, BiConsumer<Long, Long> progress)
            throws BrokenLogException, IOException, InterruptedException {
        Optional<Memory> memory = state == null ? Optional.empty() : Memory.read(state);
        NoteKey trusted = trusted(source, memory);
        SignedNote note = note(source.checkpoint());
        Checkpoint checkpoint = checked(note, trusted);
        Checkpoint remembered = null;
        if (memory.isPresent()) {
            remembered = checked(memory.get().note(), trusted);
            if (remembered.size() > checkpoint.size()) {
                throw new BrokenLogException(
                        "log.shrunk",
                        Map.of(
                                "remembered", Long.toString(remembered.size()),
                                "found", Long.toString(checkpoint.size())));
            }
        }
        new LogAudit(source, checkpoint.size())
                .run(checkpoint, remembered, read -> progress.accept(read, checkpoint.size()));
        if (state != null) {
            new Memory(trusted, note).write(state);
        }
        return new Verdict.Verified(
                checkpoint.origin(),
                checkpoint.size(),
                checkpoint.root().base64(),
                remembered == null ? 0 : remembered.size());
    }

    private NoteKey trusted(LedgerSource source, Optional<Memory> memory)
            throws BrokenLogException, IOException, InterruptedException {
        if (memory.isPresent()) {
            NoteKey known = memory.get().key();
            if (key != null && !key.equals(known)) {
                throw new BrokenLogException(
                        "key.changed", Map.of("remembered", known.vkey(), "given", key.vkey()));
            }
            return known;
        }
        if (key != null) {
            return key;
        }
        return switch (NoteKey.parse(new String(source.key(), UTF_8).strip())) {
            case Checked.Valid<NoteKey>(NoteKey shown) -> shown;
            case Checked.Invalid<NoteKey>(String code, Map<String, String> facts) ->
                    throw new BrokenLogException(code, facts);
        };
    }

    private static SignedNote note(byte[] bytes) throws BrokenLogException {
        return switch (SignedNote.parse(bytes)) {
            case Checked.Valid<SignedNote>(SignedNote note) -> note;
            case Checked.Invalid<SignedNote>(String code, Map<String, String> facts) ->
                    throw new BrokenLogException(code, facts);
        };
    }

    private static Checkpoint checked(SignedNote note, NoteKey key) throws BrokenLogException {
        if (note.verify(List.of(key))
                instanceof Checked.Invalid<?>(String code, Map<String, String> facts)) {
            throw new BrokenLogException(code, facts);
        }
        return switch (Checkpoint.parse(note.text())) {
            case Checked.Valid<Checkpoint>(Checkpoint checkpoint) -> {
                if (!checkpoint.origin().equals(key.name())) {
                    throw new BrokenLogException(
                            "checkpoint.other-log",
                            Map.of("expected", key.name(), "found", checkpoint.origin()));
                }
                yield checkpoint;
            }
            case Checked.Invalid<Checkpoint>(String code, Map<String, String> facts) ->
                    throw new BrokenLogException(code, facts);
        };
    }
}
