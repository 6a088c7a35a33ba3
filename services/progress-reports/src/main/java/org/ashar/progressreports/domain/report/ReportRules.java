package org.ashar.progressreports.domain.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.PersonalData;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.Refusal.Violation;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.progressreports.domain.report.Content.IndicatorValue;
import org.ashar.progressreports.domain.report.Content.Measure;
import org.ashar.progressreports.domain.report.Content.MilestoneNote;
import org.ashar.progressreports.domain.report.Subject.Known;
import org.jspecify.annotations.Nullable;

/** The policy of each command, as the list of its rules in the order in which they are applied. */
final class ReportRules {

    /** What a command would make true. */
    record Proposal(
            Known subject,
            String organisation,
            ReportingPeriod period,
            Content content,
            LocalDate on,
            Optional<MultilingualText> reason,
            boolean acknowledgePersonalData,
            Optional<Content> before) {}

    record Rule(String code, Function<Proposal, Optional<Refusal>> broken) {}

    private static final Rule THE_LEADING_SIDE_REPORTS =
            new Rule(
                    "report.other-organisation",
                    p ->
                            p.subject().isReportedOnBy(p.organisation())
                                    ? Optional.empty()
                                    : Optional.of(Refusal.forbidden("report.other-organisation")));

    private static final Rule PERIOD_IS_NOT_AFTER_WITHDRAWAL =
            state(
                    "report.subject-withdrawn",
                    p ->
                            p.subject().withdrawn()
                                    && p.subject().endedBefore(p.period().days().start()));

    private static final Rule PERIOD_IS_OF_THE_COMMITMENTS_FREQUENCY =
            value(
                    "report.period-other-frequency",
                    p ->
                            p.period().frequency() == p.subject().frequency()
                                    ? List.of()
                                    : List.of(
                                            violation(
                                                    "/period",
                                                    "report.period-other-frequency",
                                                    Map.of(
                                                            "frequency",
                                                            kebab(p.subject().frequency())))));

    private static final Rule PERIOD_REACHES_PUBLICATION =
            value(
                    "report.period-before-publication",
                    p ->
                            p.period().days().end().isBefore(p.subject().publishedOn())
                                    ? List.of(
                                            violation(
                                                    "/period", "report.period-before-publication"))
                                    : List.of());

    private static final Rule PERIOD_IS_NOT_AFTER_COMPLETION =
            value(
                    "report.period-after-completion",
                    p ->
                            !p.subject().withdrawn()
                                            && p.subject().endedBefore(p.period().days().start())
                                    ? List.of(
                                            violation("/period", "report.period-after-completion"))
                                    : List.of());

    private static final Rule PERIOD_HAS_BEGUN =
            state("report.period-not-begun", p -> p.on().isBefore(p.period().days().start()));

    private static final Rule SAYS_SOMETHING =
            value(
                    "report.says-nothing",
                    p ->
                            p.content().saysNothing()
                                    ? List.of(violation("/narrative", "report.says-nothing"))
                                    : List.of());

    private static final Rule INDICATORS_HAVE_THEIR_NUMBER =
            value("report.indicator-number-missing", ReportRules::indicatorsWithoutNumber);

    private static final Rule QUALITATIVE_INDICATORS_HAVE_NONE =
            value("report.indicator-number-not-allowed", ReportRules::qualitativeWithNumber);

    private static final Rule MILESTONES_ARE_THE_COMMITMENTS =
            value("report.milestone-unknown", ReportRules::unknownMilestones);

    private static final Rule EACH_MILESTONE_ONCE =
            value("report.milestone-twice", ReportRules::repeatedMilestones);

    private static final Rule EVIDENCE_IS_NOT_FROM_THE_FUTURE =
            value("evidence.captured-in-future", ReportRules::evidenceInFuture);

    private static final Rule EACH_EVIDENCE_ONCE =
            value("report.evidence-twice", ReportRules::repeatedEvidence);

    private static final Rule CORRECTION_CHANGES_SOMETHING =
            state(
                    "report.correction-changes-nothing",
                    p -> p.before().filter(p.content()::equals).isPresent());

    private static final Rule PERSONAL_DATA_IS_ACKNOWLEDGED =
            new Rule(PersonalData.CODE, ReportRules::personalData);

    private static final List<Rule> CONTENT =
            List.of(
                    INDICATORS_HAVE_THEIR_NUMBER,
                    QUALITATIVE_INDICATORS_HAVE_NONE,
                    MILESTONES_ARE_THE_COMMITMENTS,
                    EACH_MILESTONE_ONCE,
                    EVIDENCE_IS_NOT_FROM_THE_FUTURE,
                    EACH_EVIDENCE_ONCE);

    static final List<Rule> DRAFT =
            listed(
                    List.of(
                            List.of(
                                    THE_LEADING_SIDE_REPORTS,
                                    PERIOD_IS_NOT_AFTER_WITHDRAWAL,
                                    PERIOD_IS_OF_THE_COMMITMENTS_FREQUENCY,
                                    PERIOD_REACHES_PUBLICATION,
                                    PERIOD_IS_NOT_AFTER_COMPLETION),
                            CONTENT));

    static final List<Rule> EDIT =
            listed(List.of(List.of(PERIOD_IS_NOT_AFTER_WITHDRAWAL), CONTENT));

    static final List<Rule> PUBLISH =
            List.of(
                    PERIOD_IS_NOT_AFTER_WITHDRAWAL,
                    PERIOD_IS_NOT_AFTER_COMPLETION,
                    PERIOD_HAS_BEGUN,
                    SAYS_SOMETHING,
                    PERSONAL_DATA_IS_ACKNOWLEDGED);

    /** A withdrawn commitment's published reports can still be put right. */
    static final List<Rule> CORRECT =
            listed(
                    List.of(
                            List.of(SAYS_SOMETHING),
                            CONTENT,
                            List.of(CORRECTION_CHANGES_SOMETHING, PERSONAL_DATA_IS_ACKNOWLEDGED)));

    private ReportRules() {}

    static Optional<Refusal> firstBroken(List<Rule> rules, Proposal proposal) {
        return rules.stream().flatMap(rule -> rule.broken().apply(proposal).stream()).findFirst();
    }

    private static List<Violation> indicatorsWithoutNumber(Proposal p) {
        List<Violation> broken = new ArrayList<>();
        List<IndicatorValue> indicators = p.content().indicators();
        for (int i = 0; i < indicators.size(); i++) {
            IndicatorValue indicator = indicators.get(i);
            if (indicator.measure() != Measure.QUALITATIVE && indicator.value() == null) {
                broken.add(
                        violation(
                                "/indicators/" + i + "/value", "report.indicator-number-missing"));
            }
        }
        return broken;
    }

    private static List<Violation> qualitativeWithNumber(Proposal p) {
        List<Violation> broken = new ArrayList<>();
        List<IndicatorValue> indicators = p.content().indicators();
        for (int i = 0; i < indicators.size(); i++) {
            IndicatorValue indicator = indicators.get(i);
            if (indicator.measure() == Measure.QUALITATIVE && indicator.value() != null) {
                broken.add(
                        violation(
                                "/indicators/" + i + "/value",
                                "report.indicator-number-not-allowed"));
            }
        }
        return broken;
    }

    private static List<Violation> unknownMilestones(Proposal p) {
        List<Violation> broken = new ArrayList<>();
        List<MilestoneNote> notes = p.content().milestoneNotes();
        for (int i = 0; i < notes.size(); i++) {
            if (!p.subject().milestones().contains(notes.get(i).milestone())) {
                broken.add(
                        violation(
                                "/milestoneNotes/" + i + "/milestone", "report.milestone-unknown"));
            }
        }
        return broken;
    }

    private static List<Violation> repeatedMilestones(Proposal p) {
        List<Violation> broken = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<MilestoneNote> notes = p.content().milestoneNotes();
        for (int i = 0; i < notes.size(); i++) {
            if (!seen.add(notes.get(i).milestone())) {
                broken.add(
                        violation("/milestoneNotes/" + i + "/milestone", "report.milestone-twice"));
            }
        }
        return broken;
    }

    private static List<Violation> evidenceInFuture(Proposal p) {
        List<Violation> broken = new ArrayList<>();
        for (int i = 0; i < p.content().evidence().size(); i++) {
            if (p.content().evidence().get(i).capturedOn().isAfter(p.on())) {
                broken.add(
                        violation("/evidence/" + i + "/capturedOn", "evidence.captured-in-future"));
            }
        }
        return broken;
    }

    private static List<Violation> repeatedEvidence(Proposal p) {
        List<Violation> broken = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < p.content().evidence().size(); i++) {
            if (!seen.add(p.content().evidence().get(i).sha256().hex())) {
                broken.add(violation("/evidence/" + i + "/sha256", "report.evidence-twice"));
            }
        }
        return broken;
    }

    private static Optional<Refusal> personalData(Proposal p) {
        Map<String, @Nullable MultilingualText> texts = new LinkedHashMap<>();
        Content content = p.content();
        texts.put("/narrative", content.narrative());
        for (int i = 0; i < content.indicators().size(); i++) {
            IndicatorValue indicator = content.indicators().get(i);
            texts.put("/indicators/" + i + "/name", indicator.name());
            texts.put("/indicators/" + i + "/note", indicator.note());
        }
        for (int i = 0; i < content.milestoneNotes().size(); i++) {
            texts.put("/milestoneNotes/" + i + "/note", content.milestoneNotes().get(i).note());
        }
        p.reason().ifPresent(reason -> texts.put("/reason", reason));
        return PersonalData.refusal(p.acknowledgePersonalData(), texts);
    }

    private static Rule state(String code, Predicate<Proposal> broken) {
        return new Rule(
                code, p -> broken.test(p) ? Optional.of(Refusal.conflict(code)) : Optional.empty());
    }

    private static Rule value(String code, Function<Proposal, List<Violation>> violations) {
        return new Rule(
                code,
                p -> {
                    List<Violation> broken = violations.apply(p);
                    return broken.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    new Refusal(
                                            Refusal.Kind.INVALID,
                                            code,
                                            broken.getFirst().arguments(),
                                            broken));
                });
    }

    private static Violation violation(String pointer, String code) {
        return new Violation(pointer, code);
    }

    private static Violation violation(String pointer, String code, Map<String, String> arguments) {
        return new Violation(pointer, code, arguments);
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<Rule> listed(List<List<Rule>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
