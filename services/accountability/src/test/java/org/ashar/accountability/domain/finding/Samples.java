package org.ashar.accountability.domain.finding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ashar.accountability.domain.finding.Citation.Logged;
import org.ashar.accountability.domain.finding.Content.Severity;
import org.ashar.accountability.domain.finding.FindingCommand.Agree;
import org.ashar.accountability.domain.finding.FindingCommand.Close;
import org.ashar.accountability.domain.finding.FindingCommand.CloseAsNotAccepted;
import org.ashar.accountability.domain.finding.FindingCommand.Open;
import org.ashar.accountability.domain.finding.FindingCommand.ReportImplemented;
import org.ashar.accountability.domain.finding.FindingCommand.Respond;
import org.ashar.accountability.domain.finding.FindingEvent.FindingActionAgreed;
import org.ashar.accountability.domain.finding.FindingEvent.FindingClosed;
import org.ashar.accountability.domain.finding.FindingEvent.FindingImplemented;
import org.ashar.accountability.domain.finding.FindingEvent.FindingNotAccepted;
import org.ashar.accountability.domain.finding.FindingEvent.FindingOpened;
import org.ashar.accountability.domain.finding.FindingEvent.FindingResponded;
import org.ashar.accountability.domain.finding.FindingState.About;
import org.ashar.accountability.domain.finding.FindingState.Action;
import org.ashar.accountability.domain.finding.FindingState.Conclusion;
import org.ashar.accountability.domain.finding.FindingState.Implementation;
import org.ashar.accountability.domain.finding.FindingState.Position;
import org.ashar.accountability.domain.finding.FindingState.Reason;
import org.ashar.accountability.domain.finding.FindingState.Response;
import org.ashar.accountability.domain.finding.Subject.Known;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.MultilingualText.Provenance;
import org.ashar.kernel.MultilingualText.Translation;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.Sha256;
import org.ashar.kernel.StreamId;
import org.ashar.testing.DeciderSpec;

/** The finding that the specifications are about: money that was paid without a protocol. */
public final class Samples {

    static final DeciderSpec<FindingCommand, FindingState, FindingEvent> SPEC =
            DeciderSpec.of(AuditFinding.DECIDER);

    static final StreamId COMMITMENT = StreamId.derived("commitment", "water");
    static final StreamId BUDGET = StreamId.derived("budget-commitment", "water");
    static final PlaceRef PLACE =
            new PlaceRef(
                    "soate",
                    "41706204810000",
                    "Кара-Кулджинский айылный аймак",
                    LocalDate.of(2025, 1, 1));
    static final String AUDITEE = "okmotu";
    static final String AUDIT_OFFICE = "chamber-of-accounts";
    static final Actor AUDITOR = new Actor("a1".repeat(32), "auditor", AUDIT_OFFICE);
    static final Actor HEAD = new Actor("b2".repeat(32), "head", AUDITEE);

    static final LocalDate OPENED_ON = LocalDate.of(2025, 9, 1);
    static final LocalDate RESPONSE_DUE = LocalDate.of(2025, 10, 1);
    static final LocalDate RESPONDED_ON = LocalDate.of(2025, 9, 20);
    static final LocalDate AGREED_ON = LocalDate.of(2025, 9, 25);
    static final LocalDate ACTION_DUE = LocalDate.of(2025, 12, 31);
    static final LocalDate IMPLEMENTED_ON = LocalDate.of(2025, 12, 1);
    static final LocalDate CLOSED_ON = LocalDate.of(2026, 1, 15);

    static final Logged SPENDING = new Logged(BUDGET + "@4", 41);
    static final Known SUBJECT =
            new Known(
                    BUDGET,
                    COMMITMENT,
                    PLACE,
                    Set.of(AUDITEE, "water-department"),
                    List.of(new Logged(BUDGET + "@1", 12), new Logged(COMMITMENT + "@1", 7)));
    static final Content CONTENT =
            new Content(
                    MultilingualText.of("ky", "Протоколсуз төлөнгөн акча"),
                    new MultilingualText(
                            "ky",
                            new TreeMap<>(
                                    Map.of(
                                            "ky",
                                            new Translation(
                                                    "300 сом кабыл алуу протоколу жок төлөнгөн.",
                                                    Provenance.HUMAN),
                                            "en",
                                            new Translation(
                                                    "300 som were paid without a protocol of acceptance.",
                                                    Provenance.MACHINE)))),
                    MultilingualText.of("ky", "Протоколду түзүп, жарыялоо керек."),
                    Severity.HIGH);
    static final MultilingualText STATEMENT =
            MultilingualText.of("ky", "Макулбуз: протокол түзүлгөн эмес.");
    static final MultilingualText ACTION =
            MultilingualText.of("ky", "Кабыл алуу комиссиясы протоколду түзөт.");
    static final MultilingualText DONE = MultilingualText.of("ky", "Протокол түзүлдү.");
    static final MultilingualText CONCLUSION =
            MultilingualText.of("ky", "Протокол текшерилди, кемчилик жоюлду.");
    static final List<Evidence> EVIDENCE = List.of(evidence("protocol", IMPLEMENTED_ON));

    static final About ABOUT =
            new About(
                    BUDGET,
                    COMMITMENT,
                    PLACE,
                    AUDITEE,
                    List.of(AUDITEE, "water-department"),
                    CONTENT,
                    RESPONSE_DUE,
                    List.of(SPENDING),
                    SUBJECT.reliedOn(),
                    AUDITOR,
                    OPENED_ON);
    static final FindingOpened OPENED = new FindingOpened(ABOUT);
    static final FindingResponded ACCEPTED =
            new FindingResponded(new Response(Position.ACCEPTED, STATEMENT, HEAD, RESPONDED_ON));
    static final FindingResponded REFUSED =
            new FindingResponded(
                    new Response(Position.NOT_ACCEPTED, STATEMENT, HEAD, RESPONDED_ON));
    static final FindingActionAgreed AGREED =
            new FindingActionAgreed(new Action(ACTION, ACTION_DUE, HEAD, AGREED_ON));
    static final FindingImplemented IMPLEMENTED =
            new FindingImplemented(new Implementation(DONE, EVIDENCE, HEAD, IMPLEMENTED_ON));
    static final FindingClosed CLOSED =
            new FindingClosed(Reason.IMPLEMENTED, new Conclusion(CONCLUSION, AUDITOR, CLOSED_ON));
    static final FindingNotAccepted NOT_ACCEPTED =
            new FindingNotAccepted(new Conclusion(CONCLUSION, AUDITOR, CLOSED_ON));

    private Samples() {}

    /** What leads to each state, by the state's name. */
    public static Map<String, List<FindingEvent>> histories() {
        Map<String, List<FindingEvent>> histories = new LinkedHashMap<>();
        histories.put("Absent", List.of());
        histories.put("Opened", List.of(OPENED));
        histories.put("Responded", List.of(OPENED, ACCEPTED));
        histories.put("ActionAgreed", List.of(OPENED, ACCEPTED, AGREED));
        histories.put("Implemented", List.of(OPENED, ACCEPTED, AGREED, IMPLEMENTED));
        histories.put("Closed", List.of(OPENED, ACCEPTED, AGREED, IMPLEMENTED, CLOSED));
        histories.put("NotAccepted", List.of(OPENED, REFUSED, NOT_ACCEPTED));
        return histories;
    }

    /** One good command of each kind, at a time when each may be given; by its name. */
    static Map<String, FindingCommand> commands() {
        Map<String, FindingCommand> commands = new LinkedHashMap<>();
        commands.put("open", open(AUDITOR, SUBJECT));
        commands.put("respond", respond(HEAD, Position.ACCEPTED));
        commands.put("agree", agree(ACTION_DUE));
        commands.put("report-implemented", report(EVIDENCE));
        commands.put("close", close(AUDITOR, Reason.WITHDRAWN));
        commands.put("close-as-not-accepted", closeAsNotAccepted(AUDITOR, CLOSED_ON));
        return commands;
    }

    static Open open(Actor by, Subject subject) {
        return new Open(
                by,
                Set.of(by.organisation()),
                subject,
                AUDITEE,
                CONTENT,
                RESPONSE_DUE,
                List.of(SPENDING),
                OPENED_ON,
                false);
    }

    static Respond respond(Actor by, Position position) {
        return new Respond(by, position, STATEMENT, RESPONDED_ON, false);
    }

    static Agree agree(LocalDate due) {
        return new Agree(HEAD, ACTION, due, AGREED_ON, false);
    }

    static ReportImplemented report(List<Evidence> evidence) {
        return new ReportImplemented(HEAD, DONE, evidence, IMPLEMENTED_ON, false);
    }

    static Close close(Actor by, Reason reason) {
        return new Close(by, Set.of(by.organisation()), reason, CONCLUSION, CLOSED_ON, false);
    }

    static CloseAsNotAccepted closeAsNotAccepted(Actor by, LocalDate on) {
        return new CloseAsNotAccepted(by, Set.of(by.organisation()), CONCLUSION, on, false);
    }

    static Evidence evidence(String name, LocalDate capturedOn) {
        return new Evidence(
                Sha256.of(name.getBytes(UTF_8)),
                "application/pdf",
                48_213,
                capturedOn,
                null,
                "CC-BY-4.0",
                null,
                null);
    }
}
