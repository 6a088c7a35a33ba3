package org.ashar.verifier.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Holds a served document against what the log gives, member by member. Order matters in lists but
 * not in lists of events; addresses are no facts and are passed over; members that this program
 * does not know are named, not judged, but an entry of a map that the log lacks is a difference.
 */
final class Comparison {

    private static final Set<String> ADDRESSES =
            Set.of("from", "next", "more", "record", "receipt");
    private static final int MOST_SHOWN = 300;
    private static final int MOST_EVENTS = 20;
    private static final int MOST_NAMED = 100;

    private final String subject;
    private final Index index;
    private final Set<String> maps;
    private final List<Difference> differences = new ArrayList<>();
    private final SortedSet<String> unknown = new TreeSet<>();

    /**
     * @param maps names of members that have no members of their own but entries, of which the log
     *     gives all
     */
    Comparison(String subject, Index index, Set<String> maps) {
        this.subject = subject;
        this.index = index;
        this.maps = Set.copyOf(maps);
    }

    Judgement judgement() {
        return new Judgement(differences, unknown);
    }

    /**
     * Judges a member and all below it.
     *
     * @param events that it follows from, where nothing below names others
     */
    void same(String field, JsonNode log, JsonNode record, List<String> events) {
        List<String> from = named(log, events);
        if (log.isObject()) {
            if (!record.isObject()) {
                differ(field, record, log, from);
                return;
            }
            log.properties()
                    .forEach(
                            member ->
                                    same(
                                            Difference.member(field, member.getKey()),
                                            member.getValue(),
                                            record.path(member.getKey()),
                                            from));
            notKnown(field, log, record, from);
        } else if (log.isArray()) {
            if (field.endsWith("/events")) {
                sameEvents(field, log, record);
            } else if (!record.isArray() || record.size() != log.size()) {
                differ(field, record, log, from);
            } else {
                for (int i = 0; i < log.size(); i++) {
                    same(field + "/" + i, log.get(i), record.get(i), from);
                }
            }
        } else if (!sameValue(log, record)) {
            differ(field, record, log, from);
        }
    }

    /**
     * Judges the beginning of a list of which the log gives all.
     *
     * @param key the member that tells elements apart
     * @param all that the log gives, by that key; first come those that must be shown first
     * @param order puts elements in the order of the list; those of equal order in any
     * @param most how many are shown, where there are as many
     */
    void beginning(
            String field,
            String key,
            Map<String, ? extends JsonNode> all,
            Order order,
            int most,
            JsonNode record) {
        Set<String> shown = new HashSet<>();
        String before = null;
        for (JsonNode element : record) {
            String name = element.path(key).asString("");
            JsonNode log = all.get(name);
            String at = field + "/" + shown.size();
            if (log == null || !shown.add(name)) {
                differ(at, element, MissingNode.getInstance(), List.of(name));
                return;
            }
            same(at, log, element, List.of());
            String place = order.of(log);
            if (before != null && before.compareTo(place) < 0) {
                differ(field, record, Members.texts(all.keySet()), List.of(name));
                return;
            }
            before = place;
        }
        List<String> missing = all.keySet().stream().filter(name -> !shown.contains(name)).toList();
        boolean first = true;
        for (String name : missing) {
            JsonNode log = all.get(name);
            if (log != null && before != null) {
                first &= before.compareTo(order.of(log)) >= 0;
            }
        }
        if (!record.isArray() || shown.size() != Math.min(most, all.size()) || !first) {
            differ(field, record, Members.texts(all.keySet()), missing);
        }
    }

    /**
     * Judges those elements of a list that the log gives, among others that it may not.
     *
     * @param known by the event that tells them
     * @param most how many are shown: where there are fewer, no known one may be missing
     */
    void among(String field, Map<String, ? extends JsonNode> known, int most, JsonNode record) {
        Set<String> missing = new LinkedHashSet<>(known.keySet());
        for (int at = 0; at < record.size(); at++) {
            String event = record.path(at).path("event").asString("");
            JsonNode log = known.get(event);
            if (log != null) {
                same(field + "/" + at, log, record.path(at), List.of());
                missing.remove(event);
            }
        }
        if (record.size() < most && !missing.isEmpty()) {
            differ(field, record, Members.texts(known.keySet()), List.copyOf(missing));
        }
    }

    /** The order of a list, the greatest first. */
    interface Order {
        String of(JsonNode element);

        /** In no order that would say anything. */
        Order NONE = _ -> "";
    }

    private static List<String> named(JsonNode log, List<String> otherwise) {
        List<String> events = new ArrayList<>();
        if (log.isObject()) {
            log.path("events").forEach(event -> events.add(event.asString("")));
            if (log.path("event").isString()) {
                events.add(log.path("event").asString());
            }
        }
        return events.isEmpty() ? otherwise : events;
    }

    private void sameEvents(String field, JsonNode log, JsonNode record) {
        Set<String> expected = new HashSet<>();
        log.forEach(event -> expected.add(event.asString("")));
        Set<String> found = new HashSet<>();
        record.forEach(event -> found.add(event.asString("")));
        boolean same =
                expected.size() <= MOST_NAMED
                        ? expected.equals(found)
                        : found.size() == MOST_NAMED && expected.containsAll(found);
        if (!same || !record.isArray()) {
            differ(field, record, log, List.copyOf(expected));
        }
    }

    private static boolean sameValue(JsonNode log, JsonNode record) {
        if (log.isNull()) {
            return record.isNull() || record.isMissingNode();
        }
        if (log.isIntegralNumber()) {
            return record.isIntegralNumber()
                    && record.canConvertToLong()
                    && record.asLong() == log.asLong();
        }
        return log.equals(record)
                || log.isString() && record.isString() && sameInstant(log, record);
    }

    /** The same moment may be written with more zeros. */
    private static boolean sameInstant(JsonNode log, JsonNode record) {
        String text = log.asString();
        if (!text.endsWith("Z") || text.length() > 40 || !text.contains("T")) {
            return false;
        }
        try {
            return Instant.parse(text).equals(Instant.parse(record.asString()));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void notKnown(String field, JsonNode log, JsonNode record, List<String> from) {
        boolean map = maps.contains(field.substring(field.lastIndexOf('/') + 1));
        for (String name : record.propertyNames()) {
            if (log.has(name)) {
                continue;
            }
            if (map) {
                differ(
                        Difference.member(field, name),
                        record.path(name),
                        MissingNode.getInstance(),
                        from);
            } else if (!ADDRESSES.contains(name) && unknown.size() < MOST_NAMED) {
                unknown.add(Difference.member(field, name).replaceAll("/[0-9]+(?=/)", "/*"));
            }
        }
    }

    void differ(String field, JsonNode record, JsonNode log, List<String> events) {
        differences.add(
                new Difference(
                        subject,
                        field,
                        shown(record),
                        shown(log),
                        events.stream()
                                .flatMap(id -> source(id).stream())
                                .limit(MOST_EVENTS)
                                .toList()));
    }

    private Optional<Difference.Source> source(String event) {
        OptionalLong at = index.of(event);
        return at.isPresent()
                ? Optional.of(new Difference.Source(event, at.getAsLong()))
                : Optional.empty();
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() || node.isNull() ? Difference.NOTHING : node.toString();
        return text.codePointCount(0, text.length()) <= MOST_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN)) + "…";
    }
}
