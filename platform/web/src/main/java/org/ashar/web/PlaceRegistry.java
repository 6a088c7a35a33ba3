package org.ashar.web;

import java.time.LocalDate;
import org.ashar.kernel.Checked;
import org.ashar.kernel.PlaceRef;

/** Finds the place that a dated code names. */
@FunctionalInterface
public interface PlaceRegistry {

    /**
     * The place that had this code on this date; {@code place.unknown} where no list knows the
     * code, {@code place.not-valid-on-date} where it did not have its meaning on that date.
     */
    Checked<PlaceRef> find(String scheme, String code, LocalDate on);
}
