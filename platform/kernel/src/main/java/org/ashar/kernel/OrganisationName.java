package org.ashar.kernel;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The name that tokens know an organisation by. It is also written by hand, as the lead of a
 * promise.
 *
 * <p>Guarantee: capitals, full-width letters and spaces make no other organisation. Whoever
 * compares names in another way lets one organisation pass for two.
 */
public final class OrganisationName {

    private OrganisationName() {}

    /** Whether both name the same organisation. */
    public static boolean alike(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("\\s+", " ");
    }
}
