package org.ashar.kernel;

import java.time.LocalDate;

/**
 * A territory as it was on a date. Codes change hands: never join on a code without its date.
 *
 * @param scheme the code list: {@code soate}, {@code iso3166-2} or {@code local}
 * @param code the code in that list
 * @param name the territory's name on that date, in the list's own language
 * @param asOf the date for which the code was looked up
 */
public record PlaceRef(String scheme, String code, String name, LocalDate asOf) {

    /** {@code <scheme>:<code>}, the place for permissions and look-ups. */
    public String key() {
        return scheme + ":" + code;
    }
}
