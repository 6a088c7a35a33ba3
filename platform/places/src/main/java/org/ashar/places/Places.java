package org.ashar.places;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All places of a classifier: look-up by dated code, the tree, and search by name.
 *
 * <p>Immutable. Look-ups are hash look-ups; a search looks at every place once, well under a
 * millisecond for the bundled 2,438.
 */
public final class Places {

    /** The scheme of the bundled list: the classifier of administrative units (SOATE). */
    public static final String SOATE = "soate";

    /** From this day on the bundled codes have their meaning. */
    public static final LocalDate BUNDLED_FROM = LocalDate.of(2021, 1, 1);

    /** Longer search texts are cut: no name of a place is as long. */
    private static final int MAX_SEARCH = 200;

    /** Folded words that say what kind of place it is, not which one. */
    private static final Set<String> GENERIC =
            Set.copyOf(
                    Folding.words(
                            "г город им район область айылный аймак"
                                    + " облус облусу облусунун району районунун"
                                    + " шаар шаары шаарынын шаарча шаарчасы шаарчасынын"
                                    + " айыл айылы айылынын аймагы аймагынын"
                                    + " өкмөт өкмөтү өкмөтүнүн"));

    /**
     * A place.
     *
     * @param names the folded words of each of its own names, without those that say its kind
     * @param words the folded words of its own names
     * @param kinds the folded Kyrgyz words for what kind of place it is
     * @param all all of these, with those of all places above it
     */
    private record Indexed(
            Place place,
            List<List<String>> names,
            List<String> words,
            List<String> kinds,
            List<String> all) {}

    /** What is looked for: its folded words, and those of them that say which place it is. */
    private record Asked(List<String> words, List<String> proper, List<String> kinds) {

        static Asked of(String text) {
            List<String> words = Folding.asked(text);
            return new Asked(
                    words,
                    words.stream().filter(word -> !saysTheKind(word)).toList(),
                    words.stream().filter(Asked::saysTheKind).toList());
        }

        private static boolean saysTheKind(String word) {
            return GENERIC.stream().anyMatch(kind -> Folding.equal(List.of(word), List.of(kind)));
        }
    }

    private static final class Bundled {
        static final Places PLACES = Places.of(readBundled());
    }

    private final Map<String, Place> byKey = new HashMap<>();
    private final Map<String, List<Place>> children = new HashMap<>();
    private final List<Place> roots;
    private final List<Indexed> index = new ArrayList<>();

    private Places(PlaceImport source) {
        Comparator<Place> order =
                Comparator.comparing(Place::level)
                        .thenComparing(place -> alphabetical(place.name()))
                        .thenComparing(Place::code);
        List<Place> top = new ArrayList<>();
        Map<String, List<String>> words = new HashMap<>();
        for (Place place : source.places()) {
            byKey.put(place.key(), place);
            Indexed entry = indexed(place, words.getOrDefault(place.parent(), List.of()));
            words.put(place.code(), entry.all());
            index.add(entry);
            if (place.parent() == null) {
                top.add(place);
            } else {
                children.computeIfAbsent(
                                place.scheme() + ":" + place.parent(), _ -> new ArrayList<>())
                        .add(place);
            }
        }
        top.sort(order);
        roots = List.copyOf(top);
        children.replaceAll((_, list) -> list.stream().sorted(order).toList());
    }

    private static Indexed indexed(Place place, List<String> above) {
        List<String> russian = Folding.words(place.name());
        List<String> kyrgyz = KyrgyzNames.of(place);
        List<String> own = concat(russian, kyrgyz);
        List<String> kinds = KyrgyzNames.kinds(place.level());
        return new Indexed(
                place,
                Stream.of(russian, kyrgyz)
                        .map(Places::proper)
                        .filter(name -> !name.isEmpty())
                        .toList(),
                own,
                kinds,
                concat(concat(own, kinds), above));
    }

    private static List<String> concat(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static List<String> proper(List<String> words) {
        return words.stream().filter(word -> !GENERIC.contains(word)).toList();
    }

    /** Russian letters stand in the order of their alphabet in Unicode, ё excepted. */
    private static String alphabetical(String name) {
        return name.replace('ё', 'е').replace('Ё', 'Е');
    }

    /** The bundled classifier, read once, on first use. */
    public static Places bundled() {
        return Bundled.PLACES;
    }

    /** The places of an import. */
    public static Places of(PlaceImport source) {
        return new Places(source);
    }

    /** Reads the bundled file anew, with the report of what was cleaned in it. */
    public static PlaceImport readBundled() {
        try (InputStream file = Places.class.getResourceAsStream("places-kg-2021.json")) {
            if (file == null) {
                throw new IllegalStateException("the bundled classifier is not on the class path");
            }
            return PlaceImport.read(file, SOATE, BUNDLED_FROM);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which place had this code on this date, and if none, why. */
    public PlaceLookup lookUp(String scheme, String code, LocalDate on) {
        Place place = byKey.get(scheme + ":" + code);
        if (place == null) {
            return new PlaceLookup.Unknown(scheme, code);
        }
        return place.isValidOn(on)
                ? new PlaceLookup.Found(place)
                : new PlaceLookup.NotValidOn(place, on);
    }

    /** The place that had this code on this date. */
    public Optional<Place> find(String scheme, String code, LocalDate on) {
        return lookUp(scheme, code, on) instanceof PlaceLookup.Found(Place place)
                ? Optional.of(place)
                : Optional.empty();
    }

    /** The places that lie in no other, regions first. */
    public List<Place> roots() {
        return roots;
    }

    /** The places right under {@code place}, wider levels first, then by name. */
    public List<Place> children(Place place) {
        return children.getOrDefault(place.key(), List.of());
    }

    /** The place that {@code place} lies in. */
    public Optional<Place> parent(Place place) {
        return place.parent() == null
                ? Optional.empty()
                : Optional.ofNullable(byKey.get(place.scheme() + ":" + place.parent()));
    }

    /** From the top down to {@code place} itself. */
    public List<Place> path(Place place) {
        Deque<Place> path = new ArrayDeque<>();
        Optional<Place> next = Optional.of(place);
        while (next.isPresent()) {
            path.addFirst(next.get());
            next = parent(next.get());
        }
        return List.copyOf(path);
    }

    /** All places of one level, in the classifier's order. */
    public List<Place> ofLevel(Level level) {
        return index.stream().map(Indexed::place).filter(p -> p.level() == level).toList();
    }

    /** How many places there are. */
    public int size() {
        return byKey.size();
    }

    /**
     * The places that best answer to {@code text}, at most {@code limit}. Every word of the text
     * must begin a word of the place's name or of a name above it ({@code ак-булак узген}), and at
     * least one a word of its own name; letter case, diacritics, Kyrgyz letters, and Latin or
     * Cyrillic script make no difference, and what kind of place it is may be said in Kyrgyz too
     * ({@code Баткен району}). A whole code finds its place. A city of exactly that name comes
     * first, then regions whose name begins so, then full names, then names that begin as the text
     * does, then the rest; within these the wider territory first.
     */
    public List<Place> search(String text, int limit) {
        String cut = text.length() > MAX_SEARCH ? text.substring(0, MAX_SEARCH) : text;
        Place byCode = byKey.get(SOATE + ":" + cut.strip());
        if (byCode != null) {
            return limit > 0 ? List.of(byCode) : List.of();
        }
        Asked asked = Asked.of(cut);
        if (asked.words().isEmpty() || limit <= 0) {
            return List.of();
        }
        List<Ranked> found = new ArrayList<>();
        for (Indexed entry : index) {
            if (anyBegins(asked.words(), entry.words()) && allBegin(asked.words(), entry.all())) {
                found.add(new Ranked(entry.place(), rank(asked, entry)));
            }
        }
        Collections.sort(found);
        return found.stream().limit(limit).map(Ranked::place).toList();
    }

    private record Ranked(Place place, int rank) implements Comparable<Ranked> {
        private static final Comparator<Ranked> ORDER =
                Comparator.comparingInt(Ranked::rank)
                        .thenComparing(r -> r.place().level())
                        .thenComparing(r -> r.place().name())
                        .thenComparing(r -> r.place().code());

        @Override
        public int compareTo(Ranked other) {
            return ORDER.compare(this, other);
        }
    }

    private static int rank(Asked asked, Indexed entry) {
        String first = (asked.proper().isEmpty() ? asked.words() : asked.proper()).getFirst();
        boolean begins =
                entry.names().stream().anyMatch(name -> Folding.begins(first, name.getFirst()));
        if (entry.place().level() == Level.REGION) {
            return begins ? 1 : 4;
        }
        boolean ofThisKind = allBegin(asked.kinds(), concat(entry.words(), entry.kinds()));
        if (ofThisKind
                && entry.names().stream().anyMatch(name -> Folding.equal(asked.proper(), name))) {
            return entry.place().level() == Level.CITY ? 0 : 2;
        }
        return begins ? 3 : 4;
    }

    private static boolean allBegin(List<String> asked, List<String> words) {
        for (String word : asked) {
            if (!begins(word, words)) {
                return false;
            }
        }
        return true;
    }

    private static boolean anyBegins(List<String> asked, List<String> words) {
        for (String word : asked) {
            if (begins(word, words)) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(String asked, List<String> words) {
        for (String word : words) {
            if (Folding.begins(asked, word)) {
                return true;
            }
        }
        return false;
    }
}
