package org.ashar.messaging;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.ashar.kernel.StreamId;

/**
 * Slices as this process wrote them last, in front of the store, so that the next batch need not
 * read them again. Only those that lack nothing: every later change of such a slice, and marking
 * it, is guarded by what is remembered here, so one that has changed meanwhile is found out by the
 * write. Lines are not guarded; so all is forgotten where another process may have had the streams.
 * The longest unused go when all together would take too much memory.
 */
final class RecentSlices {

    /** What a slice takes beside its JSON, about, in characters. */
    private static final int OVERHEAD = 1_000;

    private final GenerationStore store;
    private final long most;
    private final Map<StreamId, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    private record Kept(StoredSlice<?> slice, int characters) {}

    /**
     * @param most characters of the slices' JSON, all together
     */
    RecentSlices(GenerationStore store, long most) {
        this.store = store;
        this.most = most;
    }

    /** The slices of these streams; for a stream unheard of, an empty one. */
    <D> Map<StreamId, StoredSlice<D>> slices(SliceKind<D> kind, Collection<StreamId> streams) {
        Map<StreamId, StoredSlice<D>> slices = remembered(kind, streams);
        Set<StreamId> others = new HashSet<>(streams);
        others.removeAll(slices.keySet());
        if (!others.isEmpty()) {
            slices.putAll(store.slices(kind, others));
        }
        return slices;
    }

    /** Those of {@code streams}, all of this kind, that need not be read. */
    @SuppressWarnings("unchecked") // a stream's type says which kind's slice it has
    synchronized <D> Map<StreamId, StoredSlice<D>> remembered(
            SliceKind<D> kind, Collection<StreamId> streams) {
        Map<StreamId, StoredSlice<D>> found = new HashMap<>();
        for (StreamId stream : streams) {
            Kept one = kept.get(stream);
            if (one != null) {
                found.put(stream, (StoredSlice<D>) one.slice());
            }
        }
        return found;
    }

    /** Remembers what a batch has written. */
    synchronized void written(Collection<StreamFolding<?>> foldings) {
        for (StreamFolding<?> folding : foldings) {
            if (folding.changed()) {
                forget(folding.before().stream());
                if (folding.after().incomplete() == null) {
                    keep(folding.after(), folding.characters() + OVERHEAD);
                }
            }
        }
        Iterator<Kept> longestUnused = kept.values().iterator();
        while (characters > most) {
            characters -= longestUnused.next().characters();
            longestUnused.remove();
        }
    }

    /** Forgets a slice, since the store may have something else. */
    synchronized void forget(StreamId stream) {
        Kept old = kept.remove(stream);
        if (old != null) {
            characters -= old.characters();
        }
    }

    synchronized void forgetAll() {
        kept.clear();
        characters = 0;
    }

    private void keep(StoredSlice<?> slice, int itsCharacters) {
        kept.put(slice.stream(), new Kept(slice, itsCharacters));
        characters += itsCharacters;
    }
}
