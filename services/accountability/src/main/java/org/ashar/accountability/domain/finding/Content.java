package org.ashar.accountability.domain.finding;

import org.ashar.kernel.MultilingualText;
import org.jspecify.annotations.Nullable;

/**
 * What a finding says, in the auditor's words. It never changes.
 *
 * @param narrative criteria, condition, cause and effect
 * @param recommendation absent where none can be given
 */
public record Content(
        MultilingualText title,
        MultilingualText narrative,
        @Nullable MultilingualText recommendation,
        Severity severity) {

    public static final int TITLE_LIMIT = 300;
    public static final int TEXT_LIMIT = 4000;

    public enum Severity {
        LOW,
        MEDIUM,
        HIGH
    }
}
