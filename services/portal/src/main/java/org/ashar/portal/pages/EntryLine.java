package org.ashar.portal.pages;

import org.ashar.portal.ledger.LedgerClient.Entry;
import org.ashar.portal.ledger.LoggedEvent;
import org.jspecify.annotations.Nullable;

/**
 * An entry in a list of entries, ready to be shown.
 *
 * @param address where it is shown with its proof
 * @param what happened, in words
 * @param event its id
 * @param demonstration whether it was recorded at another time than it says
 */
public record EntryLine(
        String index,
        String address,
        String what,
        String event,
        String day,
        String moment,
        String place,
        @Nullable String placeAddress,
        boolean demonstration) {

    static final int NAME = 200;

    static EntryLine of(Entry entry, Wording w, Links links) {
        LoggedEvent event = LoggedEvent.of(entry.entry());
        String place = event.place();
        return new EntryLine(
                w.number(entry.index()),
                links.to("/audit/entries/" + entry.index()),
                what(event, w),
                Visible.of(event.id(), NAME).value(),
                event.time() == null ? "" : w.day(event.time()).toString(),
                event.time() == null ? "" : w.moment(event.time()),
                place == null ? "" : Visible.of(event.placeName(), NAME).value(),
                place == null ? null : links.to("/places/" + place),
                event.recorded() != null);
    }

    /** What happened, in words; the fact's own name where nobody named it yet. */
    static String what(LoggedEvent event, Wording w) {
        String fact = Visible.of(event.fact(), NAME).value();
        return fact.isEmpty() ? w.text("audit.unreadable") : w.named("fact.", fact);
    }
}
