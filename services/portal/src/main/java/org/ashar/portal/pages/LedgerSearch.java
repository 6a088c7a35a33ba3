package org.ashar.portal.pages;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ashar.kernel.StreamId;
import org.ashar.portal.ledger.LedgerClient;
import org.ashar.portal.ledger.LedgerClient.Entry;
import org.ashar.portal.ledger.LoggedEvent;
import org.ashar.portal.pages.Sought.AtIndex;
import org.ashar.portal.pages.Sought.OfEvent;
import org.ashar.portal.pages.Sought.OfId;
import org.ashar.portal.pages.Sought.OfStream;
import org.ashar.portal.pages.Sought.Unclear;
import org.ashar.portal.publicrecord.Entries;
import org.jspecify.annotations.Nullable;

/** What one reader asks the ledger for: one event, or the newest of some. */
final class LedgerSearch {

    private static final int ROWS = 15;
    private static final Entries<Entry> NOTHING = new Entries<>(List.of(), null);

    /** Types of streams, for a reader who has an id alone. */
    private static final List<String> STREAMS =
            List.of("commitment", "budget-commitment", "progress-report", "audit-finding");

    private final LedgerClient ledger;
    private final @Nullable Sought sought;
    private final @Nullable String place;
    private final boolean isNoType;
    private final Map<String, String> asked = new TreeMap<>();

    LedgerSearch(LedgerClient ledger, Links links) {
        this.ledger = ledger;
        String text = links.asked("q");
        sought = text == null ? null : Sought.of(text);
        place = links.asked("place");
        asked.put("limit", Integer.toString(ROWS));
        String after = links.asked("after");
        if (after != null && after.matches("[0-9]{1,15}")) {
            asked.put("after", Long.toString(Long.parseLong(after)));
        }
        String type = links.asked("type");
        isNoType = type != null && !FactTypes.isForm(type);
        if (type != null && !isNoType) {
            asked.put("type", type);
        }
        if (place != null && LoggedEvent.isPlaceKey(place)) {
            asked.put("place", place);
        }
    }

    /** The id of the one event that was asked for, where it is logged. */
    Optional<String> event() {
        return switch (sought) {
            case AtIndex(long index) -> at(ledger, index);
            case OfEvent(String event) -> ledger.receipt(event).map(LedgerClient.Receipt::event);
            case OfStream _, OfId _, Unclear _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    /** The id of the event at an index. */
    static Optional<String> at(LedgerClient ledger, long index) {
        return ledger
                .newest(Map.of("after", Long.toString(index + 1), "limit", "1"))
                .items()
                .stream()
                .filter(entry -> entry.index() == index)
                .map(entry -> LoggedEvent.of(entry.entry()).id())
                .filter(Sought::isEvent)
                .findFirst();
    }

    /** The place as it was typed, where it is a name and not a code. */
    @Nullable String placeName() {
        return place == null || asked.containsKey("place") ? null : place;
    }

    /** The feed of what is listed, as far as feeds can be narrowed. */
    String feed(Links links) {
        Map<String, String> filters = new TreeMap<>(asked);
        filters.keySet().retainAll(List.of("type", "place"));
        if (sought instanceof OfStream(StreamId stream) && stream.type().equals("commitment")) {
            filters.put("commitment", stream.id());
        }
        return links.to(FeedFormat.ATOM.path(), filters);
    }

    /** The newest entries of those that were asked for. */
    Entries<Entry> entries() {
        if (placeName() != null || isNoType) {
            return NOTHING;
        }
        return switch (sought) {
            case OfStream(StreamId stream) -> of(stream);
            case OfId(String id) ->
                    STREAMS.stream()
                            .map(type -> of(new StreamId(type, id)))
                            .filter(found -> !found.items().isEmpty())
                            .findFirst()
                            .orElse(NOTHING);
            case AtIndex _, OfEvent _, Unclear _ -> NOTHING;
            case null -> ledger.newest(asked);
        };
    }

    /** What is of a stream; of a commitment, also what is about it. */
    private Entries<Entry> of(StreamId stream) {
        Map<String, String> narrowed = new TreeMap<>(asked);
        if (stream.type().equals("commitment")) {
            narrowed.put("commitment", stream.id());
        } else {
            narrowed.put("subject", stream.toString());
        }
        return ledger.newest(narrowed);
    }
}
