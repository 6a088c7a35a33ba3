package org.ashar.budgetcommitments.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ashar.budgetcommitments.domain.CommandTable;
import org.ashar.kernel.PersonalData;
import org.ashar.web.Messages;
import org.junit.jupiter.api.Test;

class MessagesTest {

    /** What the forms and queries of this service find wrong themselves. */
    private static final List<String> FORMS =
            List.of(
                    "contact.no-address",
                    "organisation.malformed",
                    "milestone.malformed-id",
                    "classification.malformed-filter",
                    "budget.totals-of-what");

    @Test
    void every_code_has_a_text_in_every_language_and_no_text_is_left_over() {
        Set<String> codes = new TreeSet<>(FORMS);
        for (String table : List.of("commitment", "budget")) {
            CommandTable.commands(table).values().forEach(row -> codes.addAll(row.codes()));
            CommandTable.states(table).values().forEach(row -> codes.addAll(row.values()));
        }
        codes.removeIf(cell -> cell.startsWith(CommandTable.LEADS_TO));
        codes.remove(PersonalData.CODE);
        assertThat(Messages.of(List.of("budget-commitments")).codes())
                .containsExactlyInAnyOrderElementsOf(codes);
    }
}
