package org.ashar.verifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ashar.kernel.Checked;
import org.ashar.kernel.canonical.CanonicalJson;
import org.ashar.tlog.EntryBundle;
import org.ashar.tlog.Hash;
import org.ashar.tlog.Tile;
import org.ashar.verifier.record.LoggedEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Up to 256 entries, each of which is an event in canonical form. */
record Bundle(List<Entry> entries) {

    /**
     * An entry.
     *
     * @param commitment the one that the event says it is about; empty where it says none
     */
    @SuppressWarnings("ArrayRecordComponent") // written to a file as they are
    record Entry(byte[] bytes, Hash leaf, String stream, long sequence, String commitment) {}

    static Bundle of(Tile tile, byte[] bytes) throws BrokenLogException {
        List<byte[]> raw =
                switch (EntryBundle.parse(bytes, tile.width())) {
                    case Checked.Valid<List<byte[]>>(List<byte[]> parsed) -> parsed;
                    case Checked.Invalid<List<byte[]>>(String code, _) ->
                            throw new BrokenLogException(code, Map.of("at", tile.path()));
                };
        List<Entry> entries = new ArrayList<>();
        for (byte[] entry : raw) {
            entries.add(entry(tile.index() * Tile.FULL + entries.size(), entry));
        }
        return new Bundle(entries);
    }

    private static Entry entry(long index, byte[] bytes) throws BrokenLogException {
        Map<String, String> at = Map.of("index", Long.toString(index));
        if (!(CanonicalJson.of(bytes) instanceof Checked.Valid<byte[]>(byte[] canonical))
                || !Arrays.equals(canonical, bytes)) {
            throw new BrokenLogException("entry.not-canonical", at);
        }
        Head head = new Head();
        try (JsonParser parser = LoggedEvent.JSON.createParser(bytes)) {
            head.read(parser);
        } catch (JacksonException e) {
            throw new BrokenLogException("entry.not-canonical", at);
        }
        if (!isSequence(head.sequence)
                || !head.id.equals(head.subject + "@" + Long.parseLong(head.sequence))) {
            throw new BrokenLogException("entry.no-event", at);
        }
        return new Entry(
                bytes,
                Hash.leaf(bytes),
                head.subject,
                Long.parseLong(head.sequence),
                head.commitment);
    }

    private static boolean isSequence(String text) {
        return text.length() >= 12
                && text.length() <= 18
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** What is read of every event, without making a tree of it. */
    private static final class Head {
        private String id = "";
        private String subject = "";
        private String sequence = "";
        private String commitment = "";

        void read(JsonParser parser) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("data") && value == JsonToken.START_OBJECT) {
                    data(parser);
                } else if (value == JsonToken.VALUE_STRING) {
                    switch (name) {
                        case "id" -> id = parser.getString();
                        case "subject" -> subject = parser.getString();
                        case "sequence" -> sequence = parser.getString();
                        default -> {}
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void data(JsonParser parser) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean named = parser.currentName().equals("commitment");
                if (parser.nextToken() == JsonToken.VALUE_STRING && named) {
                    commitment = parser.getString();
                } else {
                    parser.skipChildren();
                }
            }
        }
    }
}
