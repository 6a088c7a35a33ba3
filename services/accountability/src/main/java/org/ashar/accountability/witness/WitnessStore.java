package org.ashar.accountability.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.accountability.ledger.Durable;
import org.ashar.accountability.ledger.Lease;
import org.ashar.tlog.Hash;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSignature;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.WitnessPolicy;
import org.bson.Document;

/**
 * What witnesses said, in the store; shared by all processes of the service. Cosignatures are kept
 * for ever and never replaced; the sizes beside them only help to ask the right thing next, except
 * {@link #met}, which only rises. All methods throw the driver's exceptions where the store does
 * not answer.
 */
final class WitnessStore {

    private static final String CANDIDATE = "candidate";
    private static final String MET = "met ";
    private static final String SIZE = "size";

    private final MongoDatabase durable;
    private final int log;
    private final MongoCollection<Document> cosignatures;
    private final MongoCollection<Document> sizes;

    /**
     * @param log whose checkpoints are cosigned
     */
    WitnessStore(MongoDatabase database, int log) {
        this.durable = Durable.of(database);
        this.log = log;
        this.cosignatures = durable.getCollection(Durable.numbered("cosignatures", log));
        this.sizes = durable.getCollection(Durable.numbered("witnesses", log));
    }

    /**
     * Who asks a witness at present.
     *
     * @param patience how long whoever asks may be silent
     */
    Lease lease(NoteKey witness, Duration patience) {
        return new Lease(durable, Durable.numbered("asks " + witness.vkey(), log), patience);
    }

    /** Keeps a witness's cosignature of the checkpoint of a size; the first one stays. */
    void keep(long size, NoteKey witness, NoteSignature cosignature) {
        Durable.insertMissing(
                cosignatures,
                List.of(
                        new Document("_id", id(size, witness))
                                .append("line", cosignature.line().strip())));
    }

    /** The cosignatures of a checkpoint by some of these witnesses. */
    Map<NoteKey, NoteSignature> cosignatures(long size, List<NoteKey> witnesses) {
        Map<String, String> lines = new HashMap<>();
        List<String> ids = witnesses.stream().map(witness -> id(size, witness)).toList();
        for (Document kept : cosignatures.find(Filters.in("_id", ids))) {
            lines.put(kept.getString("_id"), kept.getString("line"));
        }
        Map<NoteKey, NoteSignature> found = new HashMap<>();
        for (NoteKey witness : witnesses) {
            Optional.ofNullable(lines.get(id(size, witness)))
                    .flatMap(NoteSignature::parse)
                    .ifPresent(signature -> found.put(witness, signature));
        }
        return found;
    }

    /** The cosignatures of a checkpoint by whatever witnesses, as many as a note may have. */
    List<NoteSignature> cosignatures(long size) {
        List<NoteSignature> found = new ArrayList<>();
        cosignatures
                .find(Filters.and(Filters.gte("_id", size + " "), Filters.lt("_id", size + "!")))
                .sort(Sorts.ascending("_id"))
                .limit(SignedNote.MOST_SIGNATURES - 1)
                .forEach(kept -> NoteSignature.parse(kept.getString("line")).ifPresent(found::add));
        return found;
    }

    /** What each witness signed last, as far as is known; 0 where nothing is. */
    Map<NoteKey, Long> last(List<NoteKey> witnesses) {
        Map<String, Long> known = sizes(witnesses.stream().map(NoteKey::vkey).toList());
        Map<NoteKey, Long> last = new HashMap<>();
        witnesses.forEach(witness -> last.put(witness, known.getOrDefault(witness.vkey(), 0L)));
        return last;
    }

    /** Remembers what a witness signed last. */
    void signed(NoteKey witness, long size) {
        sizes.replaceOne(
                Filters.eq("_id", witness.vkey()),
                new Document("_id", witness.vkey()).append(SIZE, size),
                new ReplaceOptions().upsert(true));
    }

    /** The checkpoint that all witnesses are asked for; 0 before there is one. */
    long candidate() {
        return size(CANDIDATE);
    }

    /** Asks for another one, where it is still {@code from}. */
    void nominate(long from, long to) {
        if (from == 0) {
            Durable.isNew(() -> sizes.insertOne(new Document("_id", CANDIDATE).append(SIZE, to)));
        } else {
            sizes.updateOne(
                    Filters.and(Filters.eq("_id", CANDIDATE), Filters.eq(SIZE, from)),
                    Updates.set(SIZE, to));
        }
    }

    /**
     * The largest checkpoint known to meet a policy; 0 where none is. A new policy begins with what
     * met an earlier one, where that meets it too.
     */
    long met(WitnessPolicy policy) {
        long met = size(id(policy));
        if (met == 0) {
            allMet().forEach(size -> noteIfMet(policy, size));
            met = size(id(policy));
        }
        return met;
    }

    /** The largest checkpoint that met any policy that there has been; 0 where none did. */
    long everMet() {
        return allMet().stream().mapToLong(size -> size).max().orElse(0);
    }

    /** Whether enough witnesses cosigned a checkpoint; {@link #met} knows of it then. */
    boolean noteIfMet(WitnessPolicy policy, long size) {
        if (cosignatures(size, policy.witnesses()).size() < policy.quorum()) {
            return false;
        }
        raise(policy, size);
        return true;
    }

    private void raise(WitnessPolicy policy, long size) {
        if (size(id(policy)) >= size) {
            return;
        }
        if (!Durable.isNew(
                () -> sizes.insertOne(new Document("_id", id(policy)).append(SIZE, size)))) {
            sizes.updateOne(
                    Filters.and(Filters.eq("_id", id(policy)), Filters.lt(SIZE, size)),
                    Updates.set(SIZE, size));
        }
    }

    /** The checkpoints that met any policy that there has been, the largest of each. */
    private List<Long> allMet() {
        List<Long> sizesMet = new ArrayList<>();
        sizes.find(Filters.and(Filters.gte("_id", MET), Filters.lt("_id", MET + "~")))
                .forEach(one -> sizesMet.add(one.getLong(SIZE)));
        return sizesMet;
    }

    private long size(String id) {
        return sizes(List.of(id)).getOrDefault(id, 0L);
    }

    private Map<String, Long> sizes(List<String> ids) {
        Map<String, Long> found = new HashMap<>();
        for (Document one : sizes.find(Filters.in("_id", ids))) {
            found.put(one.getString("_id"), one.getLong(SIZE));
        }
        return found;
    }

    private static String id(long size, NoteKey witness) {
        return size + " " + witness.vkey();
    }

    private static String id(WitnessPolicy policy) {
        StringBuilder text = new StringBuilder().append(policy.quorum());
        policy.witnesses().stream()
                .map(NoteKey::vkey)
                .sorted()
                .forEach(vkey -> text.append('\n').append(vkey));
        return MET + Hash.leaf(text.toString().getBytes(UTF_8)).hex();
    }
}
