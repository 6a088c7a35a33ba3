package org.ashar.places;

import java.time.LocalDate;
import org.ashar.kernel.PlaceRef;
import org.jspecify.annotations.Nullable;

/**
 * One territory of a classifier.
 *
 * @param scheme the code list, {@code soate} for the bundled one
 * @param code its code there; means this territory only from {@code validFrom} on
 * @param name its cleaned name, in the list's own language (Russian in the bundled one)
 * @param level what kind of territory it is
 * @param parent code of the territory that it lies in, in the same list; none at the top
 * @param validFrom first day on which the code has this meaning
 */
public record Place(
        String scheme,
        String code,
        String name,
        Level level,
        @Nullable String parent,
        LocalDate validFrom) {

    /** Whether the code has this meaning on {@code date}. */
    public boolean isValidOn(LocalDate date) {
        return !date.isBefore(validFrom);
    }

    /** What an event or a document keeps of this place: code, name and the date looked up. */
    public PlaceRef ref(LocalDate asOf) {
        return new PlaceRef(scheme, code, name, asOf);
    }

    /** {@code <scheme>:<code>}, as {@link PlaceRef#key()}. */
    public String key() {
        return scheme + ":" + code;
    }
}
