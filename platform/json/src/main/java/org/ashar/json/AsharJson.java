package org.ashar.json;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The JSON of Ashar. Money is {@code {"amount":"12.50","currency":"KGS"}}, dates are ISO 8601, enum
 * constants are in kebab-case, stream ids, digests and reporting periods are strings, absent values
 * are left out.
 */
public final class AsharJson {

    /** Of characters, many times more than any name has. Those that were read stay in memory. */
    public static final int LONGEST_NAME = 1_000;

    private static final JsonMapper STRICT =
            builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private static final JsonMapper LENIENT =
            builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private AsharJson() {}

    /** Refuses names it does not know: for what this service wrote itself. */
    public static JsonMapper strict() {
        return STRICT;
    }

    /** Passes over names it does not know: for what others publish and may extend. */
    public static JsonMapper lenient() {
        return LENIENT;
    }

    private static JsonMapper.Builder builder() {
        return JsonMapper.builder(
                        JsonFactory.builder()
                                .streamReadConstraints(
                                        StreamReadConstraints.builder()
                                                .maxNameLength(LONGEST_NAME)
                                                .build())
                                .build())
                .annotationIntrospector(new KebabCaseEnums())
                .addModule(new KernelModule())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text ->
                                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                        .setCoercion(
                                                CoercionInputShape.Boolean, CoercionAction.Fail))
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(Include.NON_NULL));
    }
}
