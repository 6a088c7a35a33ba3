package org.ashar.verifier;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.ashar.verifier.record.Difference;
import tools.jackson.databind.json.JsonMapper;

/** Tells a verdict: to people in sentences, to programs as JSON. */
final class Wording {

    private static final int TOLD = 20;

    private Wording() {}

    static String plain(Verdict verdict, boolean remembers) {
        return switch (verdict) {
            case Verdict.Verified(Verdict.SoundLog log, Records records) ->
                    lines(
                            "Verified: the log is whole, and the public record says what follows from it.",
                            sound(log),
                            compared(records),
                            notJudged(records),
                            key(log),
                            remembered(log, remembers));
            case Verdict.LogVerified(Verdict.SoundLog log) ->
                    lines(
                            "Verified: the log is whole. The public record was not compared with it.",
                            sound(log),
                            key(log),
                            remembered(log, remembers));
            case Verdict.Unwitnessed(Verdict.SoundLog log, Optional<Records> records) ->
                    lines(
                            "Not verified: the log is whole, but too few of the witnesses vouch for all of it.",
                            sound(log),
                            records.map(Wording::compared).orElse(""),
                            key(log),
                            forgotten(log),
                            "This is no proof of anything wrong. Try again later.");
            case Verdict.Differs(Verdict.SoundLog log, Records records) ->
                    lines(
                            "WRONG: the public record says something else than the log, in "
                                    + count(records.differing(), "member")
                                    + ".",
                            differences(records),
                            sound(log),
                            compared(records),
                            undecided(records),
                            notJudged(records),
                            key(log),
                            forgotten(log),
                            "Keep this output, and ask who runs the installation.");
            case Verdict.Undecided(Verdict.SoundLog log, Records records) ->
                    lines(
                            "Not verified: the log is whole, but of "
                                    + count(records.undecided().size(), "document")
                                    + " of the record it could not be told.",
                            undecided(records),
                            sound(log),
                            compared(records),
                            notJudged(records),
                            key(log),
                            forgotten(log),
                            "This is no proof of anything wrong. Try again later.");
            case Verdict.Broken broken ->
                    lines(
                            "BROKEN: this log is not as it must be (" + broken.code() + ").",
                            BrokenWords.of(broken),
                            (remembers ? "Keep this output and the state file" : "Keep this output")
                                    + ", and ask others what they see.");
            case Verdict.Shown shown ->
                    lines(
                            "Verified: "
                                    + shown.event()
                                    + " is in the log "
                                    + shown.origin()
                                    + ", as entry "
                                    + shown.index()
                                    + "."
                                    + shown.witnessed().map(Wording::witnessed).orElse(""),
                            "The log's signature covers it in its checkpoint of size "
                                    + shown.size()
                                    + ". This tells nothing of its other events.");
            case Verdict.NotShown(String code) ->
                    lines(
                            "WRONG: this receipt does not show that its event is in the log ("
                                    + code
                                    + ").",
                            BrokenWords.ofReceipt(code));
            case Verdict.Unknown(String reason) ->
                    lines("Not verified: " + reason + ".", "This says nothing against the log.");
        };
    }

    private static String sound(Verdict.SoundLog log) {
        return "Read "
                + count(log.size(), "event")
                + " of "
                + log.origin()
                + ", which is all: each is there once and in order, and the log's signature covers them.\n"
                + "Its checkpoint, to compare with others: size "
                + log.size()
                + ", root "
                + log.root()
                + "."
                + log.witnessed().map(Wording::witnessed).orElse("");
    }

    private static String compared(Records records) {
        return "Compared with the log, member by member, and found the same: the records of "
                + count(records.commitments(), "commitment")
                + " and "
                + count(records.places(), "place")
                + ".";
    }

    private static String witnessed(Witnessed told) {
        String begin = "\n" + told.by().size() + " of the " + told.asked() + " witnesses cosigned";
        if (told.missing().isPresent()) {
            return begin + ": " + told.missing().get() + ".";
        }
        StringJoiner by = new StringJoiner(", ", ": ", "").setEmptyValue("");
        told.by().forEach(one -> by.add(one.name() + " at " + one.time()));
        return begin
                + " its checkpoint of size "
                + told.size()
                + ", and "
                + told.quorum()
                + " must"
                + by
                + ".";
    }

    private static String key(Verdict.SoundLog log) {
        return log.keyBelieved()
                ? "The key was believed at first sight, as the log shows it: "
                        + log.key()
                        + "\nCompare it with what somebody you trust tells you, and give it with --key."
                : "";
    }

    private static String forgotten(Verdict.SoundLog log) {
        return log.forgotten()
                .map(why -> "This run could not be remembered: " + why + ".")
                .orElse("");
    }

    private static String remembered(Verdict.SoundLog log, boolean remembers) {
        if (log.forgotten().isPresent()) {
            return forgotten(log);
        }
        if (log.remembered() > 0) {
            return "It begins with the very "
                    + count(log.remembered(), "event")
                    + " that were verified last.";
        }
        return remembers
                ? "This was the first time; the next run finds out whether history was rewritten."
                : "Nothing is remembered: with --state FILE a later run finds out whether history was rewritten.";
    }

    private static String differences(Records records) {
        StringJoiner told = new StringJoiner("\n");
        for (Difference difference : records.differences().stream().limit(TOLD).toList()) {
            told.add("  " + difference.subject() + " " + difference.field());
            told.add("      the record: " + difference.record());
            told.add("      the log:    " + difference.log());
            if (!difference.events().isEmpty()) {
                StringJoiner events = new StringJoiner(", ");
                difference.events().forEach(e -> events.add(e.index() + " (" + e.id() + ")"));
                told.add("      from log entries " + events);
            }
        }
        return records.differing() > TOLD
                ? told + "\n  and " + (records.differing() - TOLD) + " more; --json tells them"
                : told.toString();
    }

    private static String undecided(Records records) {
        StringJoiner told = new StringJoiner("\n");
        records.undecided().entrySet().stream()
                .limit(TOLD)
                .forEach(
                        one ->
                                told.add(
                                        "  "
                                                + one.getKey()
                                                + ": "
                                                + why(one.getValue().code())
                                                + facts(one.getValue().facts())));
        return records.undecided().size() > TOLD
                ? told
                        + "\n  and "
                        + (records.undecided().size() - TOLD)
                        + " more; --json tells them"
                : told.toString();
    }

    private static String count(long many, String of) {
        return many + " " + of + (many == 1 ? "" : "s");
    }

    private static String why(String code) {
        return switch (code) {
            case "record.not-yet-logged" -> "it rests on events that are not yet logged";
            case "record.not-yet-compared" -> "the log grew faster than it could be compared";
            case "record.behind" -> "it does not know the latest events of the log";
            case "record.incomplete" -> "it says itself that events could not be taken in";
            case "record.moved" -> "it changed whenever it was read";
            case "record.cut" -> "it says itself that it is cut";
            case "record.no-answer" -> "it could not be read";
            case "record.unreadable" -> "what was answered is no such document";
            case "log.commitment-missing" -> "the log knows its money or reports, but not itself";
            case "log.unknown-event" -> "an event of it is not readable";
            default -> code;
        };
    }

    private static String notJudged(Records records) {
        return records.notJudged().isEmpty()
                ? ""
                : "Not judged, since no event tells them or this program does not know them: "
                        + String.join(", ", records.notJudged())
                        + ".";
    }

    private static String facts(Map<String, String> facts) {
        return facts.isEmpty() ? "" : " (" + BrokenWords.facts(facts) + ")";
    }

    private static String lines(String... lines) {
        StringJoiner joined = new StringJoiner("\n");
        for (String line : lines) {
            if (!line.isEmpty()) {
                joined.add(line);
            }
        }
        return printable(joined.toString());
    }

    /** What a server says may not steer the terminal. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> c != '\n' && isHidden(c) ? '�' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHidden(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    }

    static String json(Verdict verdict) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("result", name(verdict));
        members.put("status", verdict.status());
        switch (verdict) {
            case Verdict.Verified(Verdict.SoundLog log, Records records) ->
                    members(members, log, records);
            case Verdict.LogVerified(Verdict.SoundLog log) -> members(members, log);
            case Verdict.Unwitnessed(Verdict.SoundLog log, Optional<Records> records) ->
                    records.ifPresentOrElse(
                            compared -> members(members, log, compared),
                            () -> members(members, log));
            case Verdict.Differs(Verdict.SoundLog log, Records records) ->
                    members(members, log, records);
            case Verdict.Undecided(Verdict.SoundLog log, Records records) ->
                    members(members, log, records);
            case Verdict.Broken(String code, Map<String, String> facts) -> {
                members.put("code", code);
                members.put("facts", new TreeMap<>(facts));
            }
            case Verdict.Shown shown -> {
                Map<String, Object> receipt = new LinkedHashMap<>();
                receipt.put("event", shown.event());
                receipt.put("index", shown.index());
                receipt.put("origin", shown.origin());
                receipt.put("size", shown.size());
                members.put("receipt", receipt);
                shown.witnessed().ifPresent(told -> members.put("witnesses", json(told)));
            }
            case Verdict.NotShown(String code) -> members.put("code", code);
            case Verdict.Unknown(String reason) -> members.put("reason", reason);
        }
        return JsonMapper.shared().writeValueAsString(members);
    }

    private static String name(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Verified _, Verdict.LogVerified _, Verdict.Shown _ -> "verified";
            case Verdict.NotShown _ -> "not-shown";
            case Verdict.Differs _ -> "differs";
            case Verdict.Undecided _, Verdict.Unwitnessed _ -> "undecided";
            case Verdict.Broken _ -> "broken";
            case Verdict.Unknown _ -> "unknown";
        };
    }

    private static void members(Map<String, Object> members, Verdict.SoundLog log) {
        Map<String, Object> read = new LinkedHashMap<>();
        read.put("origin", log.origin());
        read.put("size", log.size());
        read.put("root", log.root());
        read.put("key", log.key());
        read.put("keyBelieved", log.keyBelieved());
        read.put("remembered", log.remembered());
        log.forgotten().ifPresent(why -> read.put("notRemembered", why));
        members.put("log", read);
        log.witnessed().ifPresent(told -> members.put("witnesses", json(told)));
    }

    private static void members(
            Map<String, Object> members, Verdict.SoundLog log, Records records) {
        members(members, log);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("commitments", records.commitments());
        record.put("places", records.places());
        record.put("differing", records.differing());
        record.put("differences", records.differences().stream().map(Wording::json).toList());
        record.put(
                "undecided",
                records.undecided().entrySet().stream()
                        .map(one -> json(one.getKey(), one.getValue()))
                        .toList());
        record.put("notJudged", List.copyOf(records.notJudged()));
        members.put("record", record);
    }

    private static Map<String, Object> json(Witnessed told) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("quorum", told.quorum());
        members.put("asked", told.asked());
        members.put("size", told.size());
        members.put(
                "cosigned",
                told.by().stream()
                        .map(one -> Map.of("name", one.name(), "time", one.time()))
                        .toList());
        told.missing().ifPresent(why -> members.put("missing", why));
        return members;
    }

    private static Map<String, Object> json(Difference difference) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("subject", difference.subject());
        members.put("field", difference.field());
        members.put("record", difference.record());
        members.put("log", difference.log());
        members.put(
                "events",
                difference.events().stream()
                        .map(event -> Map.of("id", event.id(), "index", event.index()))
                        .toList());
        return members;
    }

    private static Map<String, Object> json(String subject, Records.Undecided why) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("subject", subject);
        members.put("code", why.code());
        members.put("facts", new TreeMap<>(why.facts()));
        return members;
    }
}
