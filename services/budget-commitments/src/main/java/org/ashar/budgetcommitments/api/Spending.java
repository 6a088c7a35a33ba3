package org.ashar.budgetcommitments.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.ashar.budgetcommitments.config.StoredNames;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent.SpendingRecorded;
import org.ashar.eventstore.Commit;
import org.ashar.eventstore.Commit.StoredEvent;
import org.ashar.eventstore.CommitReader;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.StreamId;
import org.ashar.web.Csv;
import org.ashar.web.Page;
import org.ashar.web.Paging;

/** The spending of one budget, read from its commits: a state does not keep lists that grow. */
final class Spending {

    private static final List<String> COLUMNS =
            List.of(
                    "number",
                    "spentOn",
                    "amount",
                    "currency",
                    "description",
                    "language",
                    "recordedAt");

    private static final int COMMITS_AT_ONCE = 200;

    /** A page looks at no more commits than this, and says where to go on. */
    private static final int MOST_COMMITS = 2_000;

    private final CommitReader commits;

    Spending(CommitReader commits) {
        this.commits = commits;
    }

    /** One entry; a negative amount is a refund. */
    record Entry(
            int number,
            LocalDate spentOn,
            Money amount,
            MultilingualText description,
            List<Evidence> evidence,
            Instant recordedAt) {}

    /** The entries after the version {@code after} of the budget, in the order of recording. */
    Page<Entry> page(StreamId budget, long after, Paging paging) {
        List<Entry> entries = new ArrayList<>();
        long seen = after;
        for (int read = 0; read < MOST_COMMITS; read += COMMITS_AT_ONCE) {
            List<Commit> page = commits.page(budget, seen, COMMITS_AT_ONCE);
            for (Commit commit : page) {
                if (entries.size() == paging.limit()) {
                    return new Page<>(entries, Long.toString(seen));
                }
                entries.addAll(entries(commit));
                seen = commit.to();
            }
            if (page.size() < COMMITS_AT_ONCE) {
                return new Page<>(entries, null);
            }
        }
        return new Page<>(entries, Long.toString(seen));
    }

    static Csv csv(List<Entry> entries) {
        return new Csv(COLUMNS, entries.stream().map(Spending::cells).toList());
    }

    /** A command records at most one entry. */
    private static List<Entry> entries(Commit commit) {
        List<Entry> entries = new ArrayList<>();
        for (StoredEvent stored : commit.events()) {
            if (StoredNames.BUDGET_EVENTS.read(stored.name(), stored.json())
                    instanceof SpendingRecorded recorded) {
                entries.add(
                        new Entry(
                                recorded.number(),
                                recorded.spentOn(),
                                recorded.amount(),
                                recorded.description(),
                                recorded.evidence(),
                                commit.time()));
            }
        }
        return entries;
    }

    private static List<String> cells(Entry entry) {
        MultilingualText.Chosen original = entry.description().in(entry.description().original());
        return List.of(
                Integer.toString(entry.number()),
                entry.spentOn().toString(),
                entry.amount().amount(),
                entry.amount().currency().getCurrencyCode(),
                original.value(),
                original.language(),
                entry.recordedAt().toString());
    }
}
