package org.ashar.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.kernel.Checked;

/**
 * A text with signatures (C2SP signed-note).
 *
 * @param text ends in a line feed; the signatures are over all of it
 * @param signatures in their order, at most {@value #MOST_SIGNATURES}
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

    /** More signatures than any policy needs. */
    public static final int MOST_SIGNATURES = 64;

    private static final int LARGEST = 1 << 20;

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || hasControls(text)) {
            throw new IllegalArgumentException("not the text of a note");
        }
        if (signatures.size() > MOST_SIGNATURES) {
            throw new IllegalArgumentException("more signatures than a reader takes");
        }
    }

    /** Reads a note; whether anybody's signature is good is for {@link #verify} to say. */
    public static Checked<SignedNote> parse(byte[] note) {
        if (note.length > LARGEST) {
            return Checked.invalid("note.too-large");
        }
        String whole;
        try {
            whole = UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString();
        } catch (CharacterCodingException e) {
            return Checked.invalid("note.not-utf-8");
        }
        int split = whole.lastIndexOf("\n\n");
        if (split < 0 || hasControls(whole) || !whole.endsWith("\n")) {
            return Checked.invalid("note.malformed");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : whole.substring(split + 2).split("\n", -1)) {
            if (line.isEmpty() && !signatures.isEmpty()) {
                break; // what is behind the last line feed
            }
            Optional<NoteSignature> signature = NoteSignature.parse(line);
            if (signature.isEmpty()) {
                return Checked.invalid("note.malformed");
            }
            signatures.add(signature.get());
            if (signatures.size() > MOST_SIGNATURES) {
                return Checked.invalid("note.too-many-signatures");
            }
        }
        return Checked.valid(new SignedNote(whole.substring(0, split + 1), signatures));
    }

    /**
     * The signatures of {@code keys}, at least one. A signature under an unknown key says nothing;
     * one under a known key that does not verify spoils the whole note.
     */
    public Checked<List<NoteSignature>> verify(Collection<NoteKey> keys) {
        List<NoteSignature> good = new ArrayList<>();
        for (NoteSignature signature : signatures) {
            for (NoteKey key : keys) {
                if (!signature.isBy(key)) {
                    continue;
                }
                if (!key.verifies(text, signature.signature())) {
                    return Checked.invalid("note.bad-signature", Map.of("key", key.name()));
                }
                good.add(signature);
            }
        }
        return good.isEmpty() ? Checked.invalid("note.no-known-signature") : Checked.valid(good);
    }

    /**
     * Reads what a witness answered when it was asked to cosign this text. Lines of other keys say
     * nothing; a wrong one of its own spoils the answer.
     *
     * @param answer lines of signatures, as they came
     */
    public Checked<NoteSignature> cosignature(byte[] answer, NoteKey witness) {
        ByteArrayOutputStream note = new ByteArrayOutputStream();
        note.writeBytes((text + "\n").getBytes(UTF_8));
        note.writeBytes(answer);
        return parse(note.toByteArray())
                .then(
                        whole ->
                                whole.text.equals(text)
                                        ? whole.verify(List.of(witness))
                                        : Checked.invalid("note.malformed"))
                .then(good -> Checked.valid(good.getFirst()));
    }

    /** The note with one more signature. */
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /** Text, blank line, signatures. */
    public String written() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> c < 0x20 && c != '\n');
    }
}
