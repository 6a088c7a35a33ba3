package org.ashar.portal.pages;

import java.util.List;
import java.util.Locale;
import org.ashar.places.Place;
import org.ashar.places.Places;

/**
 * A place in a list of places.
 *
 * @param within the names of the places that it lies in, the nearest first
 */
public record Listed(Place place, String address, String level, List<String> within) {

    static Listed of(Place place, Places places, Links links, Wording w) {
        return new Listed(
                place,
                links.to("/places/" + place.scheme() + "/" + place.code()),
                w.text("level." + place.level().name().toLowerCase(Locale.ROOT)),
                places.path(place).reversed().stream().skip(1).map(Place::name).toList());
    }
}
