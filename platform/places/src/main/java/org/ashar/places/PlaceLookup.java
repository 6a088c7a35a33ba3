package org.ashar.places;

import java.time.LocalDate;

/** The answer to "which place had this code on this date". */
public sealed interface PlaceLookup {

    /** The place. */
    record Found(Place place) implements PlaceLookup {}

    /** No list here has ever had this code. */
    record Unknown(String scheme, String code) implements PlaceLookup {}

    /** The code is known, but did not have this meaning on {@code on}. */
    record NotValidOn(Place place, LocalDate on) implements PlaceLookup {}
}
