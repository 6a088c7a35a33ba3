package org.ashar.web;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ashar.kernel.Checked;
import org.ashar.web.Problem.Fault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The members of one JSON object, or the elements of one array under their indices: what is there,
 * what was asked for, and what is wrong with it. Values are never echoed; names only when short,
 * and without what could change how a message reads.
 */
abstract sealed class Members permits Fields {

    private static final Logger LOG = LoggerFactory.getLogger(Fields.class);
    private static final int MAX_NAME = 80;

    private final JsonNode node;
    private final String pointer;
    private final boolean muted;
    private final Context context;
    private final Set<String> known = new HashSet<>();

    /** What all objects of one request share. */
    record Context(Faults faults, PlaceRegistry places, LocalDate today) {}

    /**
     * @param muted whether this stands in for an object that is not there: it has no members and
     *     finds no faults
     */
    Members(JsonNode node, String pointer, boolean muted, Context context) {
        this.node = node;
        this.pointer = pointer;
        this.muted = muted;
        this.context = context;
    }

    final Context context() {
        return context;
    }

    /** Whether the field is there and not null. Does not read it. */
    public final boolean has(String name) {
        known.add(name);
        return member(name) != null;
    }

    /** Records that {@code name} breaks a rule. */
    public final void invalid(String name, String code, Map<String, String> arguments) {
        if (!muted) {
            context.faults().invalid(Fault.inBody(pointerTo(name), code, arguments));
        }
    }

    /**
     * A string with a rule of its own; {@code standIn} is answered where it is broken.
     *
     * @param rule the value, or the code of the rule that the string breaks
     */
    public final <T> T string(String name, T standIn, Function<String, Checked<T>> rule) {
        return value(
                name,
                "field.not-a-text",
                standIn,
                JsonNode::isString,
                n -> rule.apply(n.stringValue()));
    }

    final <T> T value(
            String name,
            String wrongType,
            T standIn,
            Predicate<JsonNode> fits,
            Function<JsonNode, Checked<T>> rule) {
        JsonNode member = take(name, wrongType, fits);
        if (member == null) {
            return standIn;
        }
        return switch (rule.apply(member)) {
            case Checked.Valid<T>(T value) -> value;
            case Checked.Invalid<T>(String code, Map<String, String> arguments) -> {
                invalid(name, code, arguments);
                yield standIn;
            }
        };
    }

    /**
     * Reads an object or a list. Where it is missing or of another type, {@code read} still runs,
     * on nothing, for its stand-ins; should it stumble over stand-ins, the request is refused all
     * the same.
     */
    final <T> T inside(
            String name, String wrongType, Predicate<JsonNode> fits, Function<Fields, T> read) {
        JsonNode member = take(name, wrongType, fits);
        Fields child =
                new Fields(
                        member == null ? MissingNode.getInstance() : member,
                        pointerTo(name),
                        muted || member == null,
                        context);
        try {
            T value = read.apply(child);
            child.refuseUnknown();
            return value;
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            if (context.faults().isEmpty()) {
                throw e;
            }
            LOG.debug("Could not make a value of stand-ins", e);
            return nothing();
        }
    }

    /** How many elements or members there are. */
    final int size() {
        return node.size();
    }

    /** Whether there is anything to count or to find fault with. */
    final boolean isPresent() {
        return !muted;
    }

    /** The names in this object, for objects whose names are data, at most {@code max}. */
    final Set<String> names(int max, String tooMany) {
        Set<String> names = new TreeSet<>(node.propertyNames());
        if (names.size() > max) {
            known.addAll(names);
            Map<String, String> arguments = Map.of("max", Integer.toString(max));
            context.faults().invalid(Fault.inBody(pointer, tooMany, arguments));
            return Set.of();
        }
        return names;
    }

    final void refuseUnknown() {
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                context.faults()
                        .malformed(
                                Fault.inBody(
                                        pointerTo(name),
                                        "field.unknown",
                                        Map.of("name", presentable(name))));
            }
        }
    }

    /** The RFC 6901 pointer to a member; to this object where the name is too long to repeat. */
    final String pointerTo(String name) {
        return name.length() > MAX_NAME
                ? pointer
                : pointer + "/" + presentable(name).replace("~", "~0").replace("/", "~1");
    }

    private @Nullable JsonNode take(String name, String wrongType, Predicate<JsonNode> fits) {
        known.add(name);
        JsonNode member = member(name);
        if (member != null && fits.test(member)) {
            return member;
        }
        if (!muted) {
            String code = member == null ? "field.missing" : wrongType;
            context.faults().malformed(Fault.inBody(pointerTo(name), code, Map.of()));
        }
        return null;
    }

    private @Nullable JsonNode member(String name) {
        JsonNode member = node.isArray() ? node.get(Integer.parseInt(name)) : node.get(name);
        return member == null || member.isNull() ? null : member;
    }

    static String presentable(String name) {
        String cut = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name;
        return cut.replaceAll("\\p{C}", "\uFFFD");
    }

    /** Never seen by a sender: there is a fault already, which ends the request. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
