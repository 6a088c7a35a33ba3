package org.ashar.budgetcommitments.domain.commitment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ashar.kernel.Actor;
import org.ashar.kernel.OrganisationName;

/**
 * What holds of a commitment from its publication on.
 *
 * @param draftedBy the organisation that wrote it
 * @param persons pseudonyms of all who acted for the leading side
 * @param reporters who reported completion, ever
 */
public record Promise(
        String draftedBy,
        Terms terms,
        List<Milestone> milestones,
        LocalDate publishedOn,
        SortedSet<String> persons,
        List<Reporter> reporters,
        int amendments) {

    public Promise {
        milestones = List.copyOf(milestones);
        persons = new TreeSet<>(persons);
        reporters = List.copyOf(reporters);
    }

    /** A person, by pseudonym, and the organisation that the person reported for. */
    public record Reporter(String person, String organisation) {}

    Optional<Milestone> milestone(String id) {
        return milestones.stream().filter(milestone -> milestone.id().equals(id)).findFirst();
    }

    Promise with(List<Milestone> changed) {
        return new Promise(draftedBy, terms, changed, publishedOn, persons, reporters, amendments);
    }

    Promise by(Actor actor) {
        return new Promise(
                draftedBy,
                terms,
                milestones,
                publishedOn,
                plus(persons, actor),
                reporters,
                amendments);
    }

    Promise reportedBy(Actor actor) {
        Reporter reporter = new Reporter(actor.id(), actor.organisation());
        if (reporters.contains(reporter)) {
            return this;
        }
        List<Reporter> all = new ArrayList<>(reporters);
        all.add(reporter);
        return new Promise(draftedBy, terms, milestones, publishedOn, persons, all, amendments);
    }

    Promise amended(Terms changed, List<Milestone> changedMilestones) {
        return new Promise(
                draftedBy,
                changed,
                changedMilestones,
                publishedOn,
                persons,
                reporters,
                amendments + 1);
    }

    boolean ledBy(String organisation) {
        return OrganisationName.alike(organisation, draftedBy)
                || OrganisationName.alike(organisation, terms.lead().organisation());
    }

    static SortedSet<String> plus(Set<String> persons, Actor actor) {
        SortedSet<String> all = new TreeSet<>(persons);
        all.add(actor.id());
        return all;
    }
}
