package org.ashar.places;

import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A classifier file read, cleaned and reported on. A bad row costs that row (and what lies under
 * it), never the file; only a file that is not a JSON array is refused whole, with {@link
 * IllegalArgumentException}, or is broken JSON, with {@link tools.jackson.core.JacksonException}.
 *
 * <p>A row is {@code {"code", "name", "parent", "level"}}: 14 digits, a Russian name, the parent's
 * code or null, and one of RegionAndCity, District, Countryside, Village. The digits nest: a
 * region's first 5, a district's first 8 and a sub-district's first 11 begin the codes within it.
 *
 * @param places the good rows, parents before children
 * @param notes what was cleaned, kept though odd, or left out, in the file's order
 */
public record PlaceImport(List<Place> places, List<Note> notes) {

    /** What was odd about a row. */
    public enum Oddity {
        /** Spaces at an end of the name: removed. */
        SPACES_AT_END(false),
        /** More than one space in a row inside the name: made one. */
        DOUBLED_SPACES(false),
        /** A dash spelled otherwise than {@code а-б} between words: made so. */
        DASH_SPELLING(false),
        /** The last word written twice without a space ({@code районрайон}): made one. */
        REPEATED_WORD(false),
        /** The code does not begin as its parent's does: kept under the parent it names. */
        OUTSIDE_PARENT_RANGE(false),
        /** Not an object with a code of 14 digits, a name and a known level: left out. */
        UNREADABLE(true),
        /** The code came before: left out. */
        REPEATED_CODE(true),
        /** The parent is missing, left out, or not of a wider level: left out. */
        NO_PARENT(true);

        private final boolean leavesOut;

        Oddity(boolean leavesOut) {
            this.leavesOut = leavesOut;
        }

        /** Whether a row with this oddity is left out. */
        public boolean leavesOut() {
            return leavesOut;
        }
    }

    /**
     * One oddity of one row.
     *
     * @param row counted from 1
     * @param code the row's code, empty where it had none
     * @param before the name as it came
     * @param after the name as it was kept, the same when the oddity is not in the name
     */
    public record Note(int row, String code, Oddity oddity, String before, String after) {}

    private record Row(
            int number, String code, String name, @Nullable String parent, SourceLevel level) {}

    private enum SourceLevel {
        RegionAndCity(5),
        District(8),
        Countryside(11),
        Village(14);

        private final int digits;

        SourceLevel(int digits) {
            this.digits = digits;
        }
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern CODE = Pattern.compile("[0-9]{14}");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0]+");
    private static final Pattern DASH = Pattern.compile(" ?[\\u2010-\\u2015\\u2212] ?| - ?| ?- ");
    private static final Set<String> CITIES_WITHOUT_MARK = Set.of("Кок-Жангак");

    public PlaceImport {
        places = List.copyOf(places);
        notes = List.copyOf(notes);
    }

    /** How many rows had {@code oddity}. */
    public long count(Oddity oddity) {
        return notes.stream().filter(note -> note.oddity() == oddity).count();
    }

    /** Reads the file and closes nothing. */
    public static PlaceImport read(InputStream file, String scheme, LocalDate validFrom) {
        List<Note> notes = new ArrayList<>();
        Map<String, Row> good = new LinkedHashMap<>();
        try (JsonParser rows = JSON.createParser(ObjectReadContext.empty(), file)) {
            if (rows.nextToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("a classifier is a JSON array of places");
            }
            for (int number = 1; rows.nextToken() != JsonToken.END_ARRAY; number++) {
                Optional<Row> row = row(strings(rows), number, notes);
                if (row.isPresent() && good.putIfAbsent(row.get().code(), row.get()) != null) {
                    notes.add(note(row.get(), Oddity.REPEATED_CODE));
                }
            }
        }
        List<Place> places = new ArrayList<>();
        Map<String, Row> kept = new LinkedHashMap<>();
        for (SourceLevel level : SourceLevel.values()) {
            for (Row row : good.values()) {
                if (row.level() == level && hasItsParent(row, kept, notes)) {
                    kept.put(row.code(), row);
                    places.add(
                            new Place(
                                    scheme,
                                    row.code(),
                                    row.name(),
                                    level(row),
                                    row.parent(),
                                    validFrom));
                }
            }
        }
        return new PlaceImport(places, notes);
    }

    /** The text fields of the object at which {@code rows} stands; of anything else, none. */
    private static Map<String, String> strings(JsonParser rows) {
        if (rows.currentToken() != JsonToken.START_OBJECT) {
            rows.skipChildren();
            return Map.of();
        }
        Map<String, String> strings = new HashMap<>();
        for (String field = rows.nextName(); field != null; field = rows.nextName()) {
            if (rows.nextToken() == JsonToken.VALUE_STRING) {
                strings.put(field, rows.getString());
            } else {
                rows.skipChildren();
            }
        }
        return strings;
    }

    private static Optional<Row> row(Map<String, String> fields, int number, List<Note> notes) {
        String code = fields.getOrDefault("code", "");
        String name = fields.getOrDefault("name", "");
        String cleaned = clean(name, number, code, notes);
        for (SourceLevel level : SourceLevel.values()) {
            if (CODE.matcher(code).matches()
                    && !cleaned.isEmpty()
                    && level.name().equals(fields.get("level"))) {
                return Optional.of(new Row(number, code, cleaned, fields.get("parent"), level));
            }
        }
        notes.add(new Note(number, code, Oddity.UNREADABLE, name, cleaned));
        return Optional.empty();
    }

    private static boolean hasItsParent(Row row, Map<String, Row> kept, List<Note> notes) {
        if (row.parent() == null || row.level() == SourceLevel.RegionAndCity) {
            boolean top = row.parent() == null && row.level() == SourceLevel.RegionAndCity;
            if (!top) {
                notes.add(note(row, Oddity.NO_PARENT));
            }
            return top;
        }
        Row parent = kept.get(row.parent());
        if (parent == null || parent.level().compareTo(row.level()) >= 0) {
            notes.add(note(row, Oddity.NO_PARENT));
            return false;
        }
        if (!row.code().startsWith(parent.code().substring(0, parent.level().digits))) {
            notes.add(note(row, Oddity.OUTSIDE_PARENT_RANGE));
        }
        return true;
    }

    private static Note note(Row row, Oddity oddity) {
        return new Note(row.number(), row.code(), oddity, row.name(), row.name());
    }

    private static String clean(String name, int row, String code, List<Note> notes) {
        String stripped = name.strip();
        String spaced = SPACES.matcher(stripped).replaceAll(" ");
        String dashed = DASH.matcher(spaced).replaceAll("-");
        String once = withoutTwins(dashed);
        noteChange(notes, row, code, Oddity.SPACES_AT_END, name, stripped);
        noteChange(notes, row, code, Oddity.DOUBLED_SPACES, stripped, spaced);
        noteChange(notes, row, code, Oddity.DASH_SPELLING, spaced, dashed);
        noteChange(notes, row, code, Oddity.REPEATED_WORD, dashed, once);
        return once;
    }

    private static String withoutTwins(String name) {
        String last = name.substring(name.lastIndexOf(' ') + 1);
        int half = last.length() / 2;
        boolean twin = half >= 4 && last.equals(last.substring(0, half).repeat(2));
        return twin ? name.substring(0, name.length() - half) : name;
    }

    private static void noteChange(
            List<Note> notes, int row, String code, Oddity oddity, String before, String after) {
        if (!before.equals(after)) {
            notes.add(new Note(row, code, oddity, before, after));
        }
    }

    /** The source's level says how deep a row lies; its name says which kind it is. */
    private static Level level(Row row) {
        String name = row.name();
        boolean city =
                name.startsWith("г. ")
                        || name.startsWith("город ")
                        || CITIES_WITHOUT_MARK.contains(name);
        return switch (row.level()) {
            case RegionAndCity -> city ? Level.CITY : Level.REGION;
            case District -> city ? Level.CITY : Level.DISTRICT;
            case Countryside ->
                    name.contains("айылный аймак") || name.contains("Айылный аймак")
                            ? Level.AIMAK
                            : Level.TOWN;
            case Village -> Level.VILLAGE;
        };
    }
}
