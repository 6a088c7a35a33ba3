package org.ashar.portal.pages;

/**
 * Where something stands, in a word or two. The kind gives colour and sign; the text says it all.
 *
 * @param kind {@code late}, {@code disputed}, {@code overspent}, {@code done}, {@code checked},
 *     {@code going}, {@code planned} or {@code stopped}
 */
public record Badge(String kind, String text) {

    /** What a commitment's state is called, and how it is shown. */
    static Badge ofState(String state, Wording w) {
        String kind =
                switch (state) {
                    case "in-progress" -> "going";
                    case "reported-complete" -> "done";
                    case "verified-complete" -> "checked";
                    case "disputed" -> "disputed";
                    case "withdrawn" -> "stopped";
                    default -> "planned";
                };
        return new Badge(kind, w.named("state.", state));
    }

    /** What a milestone's status is called, and how it is shown. */
    static Badge ofMilestone(String status, boolean dropped, Wording w) {
        if (dropped) {
            return new Badge("stopped", w.text("milestone.dropped"));
        }
        String kind =
                switch (status) {
                    case "met" -> "checked";
                    case "partially-met" -> "done";
                    case "not-met" -> "late";
                    default -> "planned";
                };
        return new Badge(kind, w.named("milestone.", status));
    }

    /** Where a finding stands, and how that is shown. */
    static Badge ofFinding(String state, boolean late, Wording w) {
        String kind =
                switch (state) {
                    case "response-due" -> "late";
                    case "action-agreed", "responded" -> late ? "late" : "going";
                    case "implemented", "closed" -> "done";
                    case "not-accepted" -> "disputed";
                    default -> "planned";
                };
        return new Badge(kind, w.named("finding.", state));
    }

    /** What is said of a report that fell due, and how it is shown. */
    static Badge ofReport(String standing, Wording w) {
        String kind =
                switch (standing) {
                    case "published" -> "checked";
                    case "published-late" -> "done";
                    case "overdue" -> "late";
                    default -> "planned";
                };
        return new Badge(kind, w.named("standing.", standing));
    }
}
