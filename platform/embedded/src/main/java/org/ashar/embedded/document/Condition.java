package org.ashar.embedded.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ashar.embedded.sorted.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What a filter demands of one field, as far as an index can serve it. It may let through more than
 * the filter does, never less: candidates are matched against the whole filter afterwards.
 *
 * @param values encodings one of which the field has; null for a range
 * @param low the least encoding of a range
 * @param high encodings of the range are less than, equal to, or begin with this
 * @param matchesNull whether a document without the field may match
 * @param one of several ranges that were joined, one of them; null where there was one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Condition(
        @Nullable List<byte[]> values,
        byte[] low,
        byte[] high,
        boolean matchesNull,
        @Nullable Condition one) {
    private static final byte[] NONE = new byte[0];

    static Condition oneOf(List<byte[]> values, boolean matchesNull) {
        List<byte[]> distinct = new ArrayList<>();
        values.stream()
                .sorted(Arrays::compareUnsigned)
                .forEach(
                        value -> {
                            if (distinct.isEmpty() || !Arrays.equals(distinct.getLast(), value)) {
                                distinct.add(value);
                            }
                        });
        return new Condition(List.copyOf(distinct), NONE, NONE, matchesNull, null);
    }

    static Condition range(byte[] low, byte[] high) {
        return new Condition(null, low, high, false, null);
    }

    /** As it holds for an array, where one element may meet one demand and another the next. */
    Condition ofElements() {
        return one == null ? this : one;
    }

    /** One of the two demands, or both where they are ranges. */
    Condition and(Condition other) {
        if (values != null) {
            return other.values != null && other.values.size() < values.size() ? other : this;
        }
        if (other.values != null) {
            return other;
        }
        byte[] lower = Arrays.compareUnsigned(low, other.low) >= 0 ? low : other.low;
        byte @Nullable [] end = Bytes.afterPrefix(high);
        byte @Nullable [] otherEnd = Bytes.afterPrefix(other.high);
        boolean mine =
                otherEnd == null || end != null && Arrays.compareUnsigned(end, otherEnd) <= 0;
        return new Condition(null, lower, mine ? high : other.high, false, ofElements());
    }
}
