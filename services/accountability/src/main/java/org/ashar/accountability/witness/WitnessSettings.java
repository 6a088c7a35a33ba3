package org.ashar.accountability.witness;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ashar.kernel.Checked;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.WitnessPolicy;

/**
 * Which witnesses are asked, and how many of them are enough.
 *
 * @param addresses of the witnesses of the policy, in its order; each ends in a slash
 */
record WitnessSettings(WitnessPolicy policy, List<URI> addresses) {

    static final String WITNESSES = "ashar.ledger.witnesses";
    static final String QUORUM = "ashar.ledger.quorum";

    private static final int MOST = 16;

    WitnessSettings {
        addresses = List.copyOf(addresses);
    }

    /**
     * Reads the settings; throws, naming the setting, where they are not understood.
     *
     * @param witnesses an address and a vkey in turn, between spaces, commas or lines; may be empty
     * @param quorum a number; empty where there are no witnesses
     */
    static WitnessSettings of(String witnesses, String quorum) {
        List<String> words =
                witnesses.isBlank() ? List.of() : List.of(witnesses.strip().split("[,\\s]+"));
        if (words.size() % 2 == 1 || words.size() > 2 * MOST) {
            throw wrong(
                    WITNESSES,
                    "write the address and the vkey of each witness, of " + MOST + " at most");
        }
        List<URI> addresses = new ArrayList<>();
        List<NoteKey> keys = new ArrayList<>();
        for (int at = 0; at < words.size(); at += 2) {
            addresses.add(address(words.get(at)));
            keys.add(key(words.get(at + 1)));
        }
        if (keys.isEmpty() && quorum.isBlank()) {
            return new WitnessSettings(WitnessPolicy.NONE, List.of());
        }
        if (!quorum.strip().matches("[1-9][0-9]?")
                || Integer.parseInt(quorum.strip()) > keys.size()) {
            throw wrong(
                    QUORUM,
                    "write how many of the "
                            + keys.size()
                            + " witnesses must cosign, from 1 on; not '"
                            + quorum
                            + "'");
        }
        try {
            return new WitnessSettings(
                    new WitnessPolicy(Integer.parseInt(quorum.strip()), keys), addresses);
        } catch (IllegalArgumentException e) {
            throw wrong(WITNESSES, String.valueOf(e.getMessage()));
        }
    }

    private static URI address(String text) {
        try {
            URI address = URI.create(text.endsWith("/") ? text : text + "/");
            if (address.getHost() != null
                    && List.of("http", "https").contains(address.getScheme())
                    && address.getQuery() == null
                    && address.getFragment() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(WITNESSES, "no address: " + e.getMessage());
        }
        throw wrong(WITNESSES, "not like https://witness.example.org/: " + text);
    }

    private static NoteKey key(String text) {
        return switch (NoteKey.parse(text)) {
            case Checked.Valid<NoteKey>(NoteKey key) -> key;
            case Checked.Invalid<NoteKey>(String code, Map<String, String> _) ->
                    throw wrong(WITNESSES, "not a witness's vkey (" + code + "): " + text);
        };
    }

    private static IllegalStateException wrong(String setting, String what) {
        return new IllegalStateException(
                setting + " (" + setting.toUpperCase(Locale.ROOT).replace('.', '_') + "): " + what);
    }
}
