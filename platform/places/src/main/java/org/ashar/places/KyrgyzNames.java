package org.ashar.places;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@link Places#search} knows of Kyrgyz beyond its letters: names that are other words than
 * the classifier's Russian ones, and the words for what kind of place it is.
 */
final class KyrgyzNames {

    private static final Map<String, String> BY_CODE =
            Map.of(
                    "41702000000000", "Ысык-Көл",
                    "41702215000000", "Ысык-Көл",
                    "41703420000010", "Таш-Көмүр",
                    "41703440000010", "Кара-Көл",
                    "41705420000010", "Сүлүктү",
                    "41706255000000", "Өзгөн",
                    "41706255600010", "Өзгөн",
                    "41708217000000", "Москва",
                    "41711203000000", "Биринчи Май");

    private KyrgyzNames() {}

    /** The folded words of the Kyrgyz name; none where folding brings it to the Russian one. */
    static List<String> of(Place place) {
        return place.scheme().equals(Places.SOATE)
                ? Folding.words(BY_CODE.getOrDefault(place.code(), ""))
                : List.of();
    }

    static Set<String> codes() {
        return BY_CODE.keySet();
    }

    /** The folded words for a place of this level, in their longest form. */
    static List<String> kinds(Level level) {
        return Folding.words(
                switch (level) {
                    case REGION -> "облусунун";
                    case DISTRICT -> "районунун";
                    case CITY -> "шаарынын";
                    case TOWN -> "шаарынын шаарчасынын";
                    case AIMAK -> "аймагынын өкмөтүнүн";
                    case VILLAGE -> "айылынын";
                });
    }
}
