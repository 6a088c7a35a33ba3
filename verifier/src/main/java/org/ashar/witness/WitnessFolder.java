package org.ashar.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.ashar.kernel.Checked;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.SignedNote;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A witness's folder: its key, and of each log the checkpoint that it cosigned last.
 *
 * <p>Guarantee: one process at a time has it. What {@link #remember} was given is on the disk when
 * it returns; a kill at any moment leaves what was there before or what is there now. A folder that
 * is not whole is not opened, and is left as it is: a witness that forgot what it cosigned could be
 * made to cosign the opposite.
 */
final class WitnessFolder implements AutoCloseable {

    private static final String KEY = "key";
    private static final String MEMORY = "memory.json";
    private static final String LOCK = "lock";
    private static final long LARGEST = 64L << 20;
    private static final int SEED_BYTES = 32;
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private final Path folder;
    private final FileChannel lock;
    private final NoteSigner signer;
    private final Map<String, Cosigned> last;

    private WitnessFolder(
            Path folder, FileChannel lock, NoteSigner signer, Map<String, Cosigned> last) {
        this.folder = folder;
        this.lock = lock;
        this.signer = signer;
        this.last = new ConcurrentHashMap<>(last);
    }

    /**
     * The memory as it is written.
     *
     * @param witness the vkey of the witness whose it is
     * @param checkpoints notes with the witness's cosignature, one a log
     */
    private record Memory(String witness, List<String> checkpoints) {}

    /**
     * Opens a folder, or makes it with a new key.
     *
     * @param name of the witness; may be left out where there is a key
     */
    static WitnessFolder open(Path folder, Optional<String> name) throws WitnessException {
        FileChannel lock = null;
        if (!Files.exists(folder)) {
            demandName(name);
        }
        try {
            OwnFile.createFolder(folder);
            lock = lock(folder);
            NoteSigner signer = signer(folder, name);
            WitnessFolder opened =
                    new WitnessFolder(folder, lock, signer, memory(folder, signer.key()));
            lock = null;
            return opened;
        } catch (IOException e) {
            throw new WitnessException("the folder " + folder + " cannot be used: " + e, e);
        } finally {
            release(lock);
        }
    }

    /** Who cosigns. */
    NoteSigner signer() {
        return signer;
    }

    /** What was cosigned last of a log; empty where nothing was. */
    Optional<Cosigned> last(String origin) {
        return Optional.ofNullable(last.get(origin));
    }

    /** How far a log was cosigned, in words that go on from its name. */
    String reached(String origin) {
        return last(origin)
                .map(cosigned -> ", cosigned up to " + cosigned.checkpoint().size())
                .orElse(", nothing cosigned yet");
    }

    /**
     * Keeps what is about to be cosigned. For one thread at a time. A throw leaves open whether the
     * disk has it; the cosignature must not leave then.
     */
    void remember(Cosigned cosigned) throws IOException {
        Map<String, Cosigned> next = new TreeMap<>(last);
        next.put(cosigned.checkpoint().origin(), cosigned);
        write(folder, signer.key(), next);
        last.put(cosigned.checkpoint().origin(), cosigned);
    }

    @Override
    public void close() {
        release(lock);
    }

    private static FileChannel lock(Path folder) throws IOException, WitnessException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = null;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new WitnessException("another witness of this process has " + folder, e);
        } finally {
            if (held == null) {
                channel.close();
            }
        }
        if (held == null) {
            throw new WitnessException(
                    "another witness runs on " + folder + ": stop it, or name another --data");
        }
        return channel;
    }

    private static void release(@Nullable FileChannel lock) {
        if (lock == null) {
            return;
        }
        try {
            lock.close();
        } catch (IOException e) {
            throw new IllegalStateException("the lock could not be given back", e);
        }
    }

    private static NoteSigner signer(Path folder, Optional<String> name)
            throws IOException, WitnessException {
        Path file = folder.resolve(KEY);
        if (!Files.exists(file)) {
            return made(folder, name);
        }
        NoteSigner signer = read(file);
        if (name.isPresent() && !name.get().equals(signer.key().name())) {
            throw new WitnessException(
                    "the witness of "
                            + folder
                            + " is "
                            + signer.key().name()
                            + ", not "
                            + name.get()
                            + ": leave --name out, or name another --data");
        }
        return signer;
    }

    /** The memory is written first: a key without one was separated from what it cosigned. */
    private static NoteSigner made(Path folder, Optional<String> name)
            throws IOException, WitnessException {
        Path memory = folder.resolve(MEMORY);
        if (Files.exists(memory) && !parsed(memory).checkpoints().isEmpty()) {
            throw new WitnessException(
                    folder.resolve(KEY)
                            + " is not there, but what was cosigned with it is: put it back, or"
                            + " begin a new witness in another folder");
        }
        String own = demandName(name);
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        NoteSigner signer = NoteSigner.of(own, Kind.COSIGNATURE, seed);
        write(folder, signer.key(), Map.of());
        OwnFile.write(
                folder.resolve(KEY),
                signer.key().vkey() + "\n" + HexFormat.of().formatHex(seed) + "\n");
        return signer;
    }

    private static String demandName(Optional<String> name) throws WitnessException {
        return name.filter(NoteKey::isName)
                .orElseThrow(
                        () ->
                                new WitnessException(
                                        "a new witness needs a --name without spaces and +, such as"
                                                + " witness.example.org"));
    }

    private static NoteSigner read(Path file) throws IOException, WitnessException {
        if (OwnFile.isOpenToOthers(file)) {
            throw new WitnessException(
                    "others than its owner can read it, and may have: chmod 600 " + file);
        }
        String damaged =
                file
                        + " is damaged: put it back from a copy, or begin a new witness in another folder";
        if (Files.size(file) > 2048) {
            throw new WitnessException(damaged);
        }
        String[] lines = new String(Files.readAllBytes(file), UTF_8).split("\n", -1);
        if (lines.length != 3
                || !(NoteKey.parse(lines[0]) instanceof Checked.Valid<NoteKey>(NoteKey key))
                || key.kind() != Kind.COSIGNATURE
                || !lines[1].matches("[0-9a-f]{64}")) {
            throw new WitnessException(damaged);
        }
        NoteSigner signer =
                NoteSigner.of(key.name(), Kind.COSIGNATURE, HexFormat.of().parseHex(lines[1]));
        if (!signer.key().equals(key)) {
            throw new WitnessException(damaged);
        }
        return signer;
    }

    private static Map<String, Cosigned> memory(Path folder, NoteKey key)
            throws IOException, WitnessException {
        Path file = folder.resolve(MEMORY);
        if (!Files.exists(file)) {
            throw new WitnessException(
                    file
                            + " is not there: without it this witness could contradict itself."
                            + " Begin a new witness in another folder");
        }
        Memory memory = parsed(file);
        if (!memory.witness().equals(key.vkey())) {
            throw new WitnessException(
                    file + " is of " + memory.witness() + ", not of " + key.vkey());
        }
        Map<String, Cosigned> last = new HashMap<>();
        for (String note : memory.checkpoints()) {
            if (!(SignedNote.parse(note.getBytes(UTF_8)).then(n -> Cosigned.parse(n, key))
                            instanceof Checked.Valid<Cosigned>(Cosigned cosigned))
                    || last.put(cosigned.checkpoint().origin(), cosigned) != null) {
                throw damaged(file, null);
            }
        }
        return last;
    }

    private static Memory parsed(Path file) throws IOException, WitnessException {
        if (Files.size(file) > LARGEST) {
            throw damaged(file, null);
        }
        try {
            Memory memory = JSON.readValue(Files.readAllBytes(file), Memory.class);
            if (memory == null
                    || memory.witness() == null
                    || memory.checkpoints() == null
                    || memory.checkpoints().contains(null)) {
                throw damaged(file, null);
            }
            return memory;
        } catch (JacksonException e) {
            throw damaged(file, e);
        }
    }

    private static WitnessException damaged(Path file, @Nullable Exception cause) {
        String message =
                file
                        + " is damaged, and an older copy would have forgotten what was cosigned since:"
                        + " begin a new witness in another folder";
        return cause == null ? new WitnessException(message) : new WitnessException(message, cause);
    }

    private static void write(Path folder, NoteKey key, Map<String, Cosigned> last)
            throws IOException {
        List<String> notes = new ArrayList<>();
        last.values().forEach(cosigned -> notes.add(cosigned.note().written()));
        OwnFile.write(
                folder.resolve(MEMORY),
                JSON.writerWithDefaultPrettyPrinter()
                                .writeValueAsString(new Memory(key.vkey(), notes))
                        + "\n");
    }
}
