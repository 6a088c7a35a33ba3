package org.ashar.embedded.document;

import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads out of a filter what indexes can serve: equality, {@code $in}, {@code $gt $gte $lt $lte}
 * and regular expressions anchored at the start, at the top or under {@code $and}. Everything else
 * is left to the matcher.
 */
final class Conditions {
    private static final String META = ".[]{}()*+?^$|\\";
    private static final String REPEATS = "*?{+";

    private Conditions() {}

    static Map<String, Condition> of(Document filter) {
        Map<String, Condition> found = new HashMap<>();
        collect(filter, found);
        return found;
    }

    private static void collect(Document filter, Map<String, Condition> found) {
        for (Map.Entry<String, Object> entry : filter.entrySet()) {
            String field = entry.getKey();
            if (field.equals("$and") && entry.getValue() instanceof Collection<?> all) {
                for (Object each : all) {
                    if (each instanceof Document inner) {
                        collect(inner, found);
                    }
                }
            } else if (!field.startsWith("$")) {
                Condition condition = of(entry.getValue());
                if (condition != null) {
                    found.merge(field, condition, Condition::and);
                }
            }
        }
    }

    private static @Nullable Condition of(@Nullable Object demand) {
        if (BsonRegularExpression.isRegularExpression(demand)) {
            return anchored(BsonRegularExpression.convertToRegularExpression(demand));
        }
        if (demand instanceof Document operators
                && operators.keySet().stream().anyMatch(key -> key.startsWith("$"))) {
            Condition all = null;
            for (Map.Entry<String, Object> operator : operators.entrySet()) {
                Condition one = of(operator.getKey(), operator.getValue());
                if (one != null) {
                    all = all == null ? one : all.and(one);
                }
            }
            return all;
        }
        return equal(demand);
    }

    private static @Nullable Condition of(String operator, @Nullable Object operand) {
        return switch (operator) {
            case "$eq" -> equal(operand);
            case "$in" -> operand instanceof Collection<?> values ? in(values) : null;
            case "$gt", "$gte", "$lt", "$lte" -> range(operator, operand);
            default -> null;
        };
    }

    private static @Nullable Condition equal(@Nullable Object value) {
        return canStand(value)
                ? Condition.oneOf(List.of(ValueCodec.encode(value)), value == null)
                : null;
    }

    private static @Nullable Condition in(Collection<?> values) {
        List<byte[]> encoded = new ArrayList<>();
        boolean matchesNull = false;
        for (Object value : values) {
            if (!canStand(value)) {
                return null;
            }
            matchesNull |= value == null;
            encoded.add(ValueCodec.encode(value));
        }
        return Condition.oneOf(encoded, matchesNull);
    }

    /** Whether all values equal to this one stand in an index under its encoding alone. */
    private static boolean canStand(@Nullable Object value) {
        return switch (value) {
            case Collection<?> _ -> false;
            case Decimal128 _ -> false;
            case BsonRegularExpression _ -> false;
            case BsonJavaScript _ -> false;
            case Document document ->
                    document.entrySet().stream()
                            .allMatch(
                                    field ->
                                            !field.getKey().startsWith("$")
                                                    && field.getValue() != null
                                                    && canStand(field.getValue()));
            case null, default -> true;
        };
    }

    private static @Nullable Condition range(String operator, @Nullable Object operand) {
        int tag = ValueCodec.rangeTag(operand);
        if (tag < 0) {
            return null;
        }
        byte[] all = {(byte) tag};
        byte[] bound = ValueCodec.encode(operand);
        return operator.startsWith("$g")
                ? Condition.range(bound, all)
                : Condition.range(all, bound);
    }

    /** Strings that begin as the expression says; null where it says nothing of the beginning. */
    private static @Nullable Condition anchored(BsonRegularExpression expression) {
        String pattern = expression.getPattern();
        if (!pattern.startsWith("^")
                || pattern.indexOf('|') >= 0
                || !Objects.requireNonNullElse(expression.getOptions(), "").isEmpty()) {
            return null;
        }
        byte[] prefix = ValueCodec.stringPrefix(literal(pattern.substring(1)));
        return Condition.range(prefix, prefix);
    }

    private static String literal(String pattern) {
        if (pattern.startsWith("\\Q")) {
            int end = pattern.indexOf("\\E");
            if (end < 0) {
                return pattern.substring(2);
            }
            boolean more = end + 2 < pattern.length();
            return pattern.substring(2, more ? Math.max(2, end - 1) : end);
        }
        StringBuilder literal = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            char next = pattern.charAt(at);
            if (next == '\\'
                    && at + 1 < pattern.length()
                    && META.indexOf(pattern.charAt(at + 1)) >= 0) {
                literal.append(pattern.charAt(++at));
            } else if (META.indexOf(next) >= 0) {
                if (REPEATS.indexOf(next) >= 0 && !literal.isEmpty()) {
                    literal.setLength(literal.length() - 1);
                }
                return literal.toString();
            } else {
                literal.append(next);
            }
        }
        return literal.toString();
    }
}
