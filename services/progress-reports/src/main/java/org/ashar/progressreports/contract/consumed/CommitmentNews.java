package org.ashar.progressreports.contract.consumed;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Classification;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.jspecify.annotations.Nullable;

/** What is read of a commitment's events. A record without what it must hold cannot be made. */
public sealed interface CommitmentNews {

    String SERVICE = "budget-commitments";
    String STREAM_TYPE = "commitment";

    Map<String, Class<?>> TYPES =
            Map.ofEntries(
                    Map.entry(type("commitment-published"), Published.class),
                    Map.entry(type("commitment-started"), Started.class),
                    Map.entry(type("milestone-assessed"), MilestoneAssessed.class),
                    Map.entry(type("commitment-reported-complete"), ReportedComplete.class),
                    Map.entry(type("commitment-verified-complete"), VerifiedComplete.class),
                    Map.entry(type("commitment-disputed"), Disputed.class),
                    Map.entry(type("commitment-resumed"), Resumed.class),
                    Map.entry(type("commitment-withdrawn"), Withdrawn.class),
                    Map.entry(type("commitment-amended"), Amended.class));

    /** Who did it. */
    Actor by();

    record Lead(String organisation, MultilingualText name) {
        public Lead {
            requireNonNull(organisation);
            requireNonNull(name);
        }
    }

    /** An office; never a person. */
    record Contact(MultilingualText office, @Nullable String phone, @Nullable String email) {}

    record Reporting(Frequency frequency, int graceDays) {
        public Reporting {
            requireNonNull(frequency);
        }
    }

    record Milestone(
            String id,
            MultilingualText title,
            MultilingualText deliverable,
            LocalDate due,
            @Nullable Boolean dropped) {
        public Milestone {
            requireNonNull(id);
            requireNonNull(title);
            requireNonNull(deliverable);
            requireNonNull(due);
        }
    }

    enum Outcome {
        MET,
        PARTIALLY_MET,
        NOT_MET
    }

    record Published(
            Actor by,
            LocalDate publishedOn,
            PlaceRef place,
            MultilingualText title,
            MultilingualText description,
            Lead lead,
            Contact contact,
            Period period,
            List<Classification> classifications,
            Reporting reporting,
            List<Milestone> milestones)
            implements CommitmentNews {
        public Published {
            requireNonNull(by);
            requireNonNull(publishedOn);
            requireNonNull(place);
            requireNonNull(title);
            requireNonNull(description);
            requireNonNull(lead);
            requireNonNull(contact);
            requireNonNull(period);
            requireNonNull(reporting);
            classifications = List.copyOf(classifications);
            milestones = List.copyOf(milestones);
        }
    }

    record Started(Actor by) implements CommitmentNews {
        public Started {
            requireNonNull(by);
        }
    }

    /** {@code evidence} is what this assessment added. */
    record MilestoneAssessed(
            Actor by,
            String milestone,
            Outcome outcome,
            @Nullable LocalDate metOn,
            List<Evidence> evidence,
            @Nullable MultilingualText note)
            implements CommitmentNews {
        public MilestoneAssessed {
            requireNonNull(by);
            requireNonNull(milestone);
            requireNonNull(outcome);
            evidence = List.copyOf(evidence);
        }
    }

    record ReportedComplete(Actor by, @Nullable MultilingualText statement)
            implements CommitmentNews {
        public ReportedComplete {
            requireNonNull(by);
        }
    }

    record VerifiedComplete(Actor by, @Nullable MultilingualText statement)
            implements CommitmentNews {
        public VerifiedComplete {
            requireNonNull(by);
        }
    }

    record Disputed(Actor by, MultilingualText reason) implements CommitmentNews {
        public Disputed {
            requireNonNull(by);
            requireNonNull(reason);
        }
    }

    record Resumed(Actor by, MultilingualText response) implements CommitmentNews {
        public Resumed {
            requireNonNull(by);
            requireNonNull(response);
        }
    }

    record Withdrawn(Actor by, MultilingualText reason) implements CommitmentNews {
        public Withdrawn {
            requireNonNull(by);
            requireNonNull(reason);
        }
    }

    /** All that may be amended, as it is after the amendment. */
    record Amended(
            Actor by,
            MultilingualText rationale,
            MultilingualText description,
            Contact contact,
            Period period,
            List<Milestone> milestones)
            implements CommitmentNews {
        public Amended {
            requireNonNull(by);
            requireNonNull(rationale);
            requireNonNull(description);
            requireNonNull(contact);
            requireNonNull(period);
            milestones = List.copyOf(milestones);
        }
    }

    private static String type(String fact) {
        return "org.ashar." + SERVICE + "." + fact + ".v1";
    }
}
