package org.ashar.portal.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.ashar.kernel.StreamId;
import org.ashar.portal.ledger.LedgerClient;
import org.ashar.portal.ledger.LedgerClient.Receipt;
import org.ashar.portal.ledger.LoggedEvent;
import org.ashar.tlog.Hash;
import org.jspecify.annotations.Nullable;

/** An event of the ledger, ready to be shown: in words, and as the bytes that are hashed. */
public final class EventView {

    private static final int BYTES = 6_000;

    private final Receipt receipt;
    private final LoggedEvent event;
    private final EventFields fields;
    private final Visible bytes;
    private final Wording w;
    private final Links links;

    EventView(Receipt receipt, Wording w, Links links) {
        this.receipt = receipt;
        this.w = w;
        this.links = links;
        event = LoggedEvent.of(receipt.entry());
        fields = new EventFields(event.data(), w, links);
        bytes = Visible.of(receipt.entry(), BYTES);
    }

    public String id() {
        return receipt.event();
    }

    public long index() {
        return receipt.index();
    }

    public String what() {
        return EntryLine.what(event, w);
    }

    public @Nullable String moment() {
        return event.time() == null ? null : w.moment(event.time());
    }

    /** When it was recorded, where that differs. */
    public @Nullable String recorded() {
        return event.recorded() == null ? null : w.moment(event.recorded());
    }

    public List<EventFields.Row> fields() {
        return fields.rows();
    }

    /** Where its data lie that are too large for an entry. */
    public @Nullable String payload() {
        return event.payload();
    }

    public boolean fieldsCut() {
        return fields.cut();
    }

    public Visible bytes() {
        return bytes;
    }

    public String size() {
        return w.number(receipt.entry().getBytes(UTF_8).length);
    }

    public String leaf() {
        return Hash.leaf(receipt.entry().getBytes(UTF_8)).base64();
    }

    /** The page of the commitment that it is of or about. */
    public @Nullable String commitment() {
        StreamId commitment = event.commitment();
        return commitment == null ? null : links.to("/commitments/" + commitment.id());
    }

    /** The events of its stream. */
    public String stream() {
        return links.to("/audit", "q", streamId());
    }

    public @Nullable String previous() {
        return sequence() == 1 ? null : address(sequence() - 1);
    }

    /** Where the next event of its stream is shown, if there is one. */
    public String next() {
        return address(sequence() + 1);
    }

    /** Its id with the next sequence. */
    String following() {
        return streamId() + "@" + (sequence() + 1);
    }

    private String address(long sequence) {
        return links.to("/audit/events/" + streamId() + "@" + sequence);
    }

    private String streamId() {
        return id().substring(0, id().lastIndexOf('@'));
    }

    private long sequence() {
        return Long.parseLong(id().substring(id().lastIndexOf('@') + 1));
    }

    /** Where programs find its receipt. */
    public String receiptAddress() {
        return LedgerClient.EVENTS + id();
    }

    /** Where programs find its bytes. */
    public String bytesAddress() {
        return LedgerClient.ENTRIES + "/" + index();
    }
}
