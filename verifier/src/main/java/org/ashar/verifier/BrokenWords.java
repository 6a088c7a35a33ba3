package org.ashar.verifier;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Says what is wrong with a log in sentences. */
final class BrokenWords {

    private BrokenWords() {}

    static String of(Verdict.Broken broken) {
        Map<String, String> facts = broken.facts();
        return switch (broken.code()) {
            case "log.shrunk" ->
                    told(
                            "It had %s events when it was verified last, and has %s now: the end was taken away.",
                            facts, "remembered", "found");
            case "log.history-rewritten" ->
                    told(
                            "Its first %s events are not those that it had when it was verified last: their root was %s and is %s now.",
                            facts, "size", "remembered", "computed");
            case "log.not-successor" ->
                    told(
                            "It does not begin with the %s events that the state file remembers of %s: it is no successor of that log, or history was rewritten.",
                            facts, "size", "origin");
            case "log.forked" ->
                    told(
                            "It signed two histories: for its first %s events a checkpoint with the root %s, but the events that it serves have %s.",
                            facts, "size", "signed", "computed");
            case "log.root-differs" ->
                    told(
                            "It signed the root %s, but the events that it serves have %s.",
                            facts, "signed", "computed");
            case "tile.differs" ->
                    told(
                            "The hashes that it serves at %s do not follow from its events.",
                            facts, "at");
            case "stream.sequence-broken" ->
                    told(
                            "At entry %s the stream %s has event %s where event %s must be: one is missing, there twice or out of order.",
                            facts, "index", "stream", "found", "expected");
            case "entry.not-canonical" ->
                    told(
                            "Entry %s is not written in canonical JSON, as every entry must be.",
                            facts, "index");
            case "entry.no-event" ->
                    told(
                            "Entry %s is no event with an id, a stream and a sequence that agree.",
                            facts, "index");
            case "bundle.truncated", "bundle.wrong-width" ->
                    told("The entries that it serves at %s are cut or too many.", facts, "at");
            case "note.bad-signature" ->
                    told(
                            "Its checkpoint carries a signature in the name of the key %s that is wrong.",
                            facts, "key");
            case "note.no-known-signature" ->
                    "Its checkpoint is in the log's name, but another key signed it than the one that is trusted.";
            case "note.malformed", "note.not-utf-8", "note.too-large", "note.too-many-signatures" ->
                    "What it shows as its checkpoint is in its name, but is no signed note.";
            case "checkpoint.malformed" -> "What it signed as its checkpoint is none.";
            case "checkpoint.other-log" ->
                    told(
                            "The key of %s signed a checkpoint of another log, %s.",
                            facts, "expected", "found");
            default -> facts(facts);
        };
    }

    /** Why a receipt shows nothing. */
    static String ofReceipt(String code) {
        return switch (code) {
            case "receipt.not-included" ->
                    "What it holds does not lead from its entry to the root that was signed: one of them was changed.";
            case "receipt.other-place" ->
                    "The index or the leaf that it names is not that of its entry.";
            case "receipt.other-event" -> "Its entry is another event than the one it names.";
            case "note.bad-signature" -> "The log's signature on it is wrong.";
            case "note.no-known-signature" -> "Another key signed it than the one that is given.";
            default -> "What was signed is no checkpoint of the log whose key is given.";
        };
    }

    /** Facts that no sentence was made for. */
    static String facts(Map<String, String> facts) {
        StringJoiner told = new StringJoiner("; ");
        new TreeMap<>(facts).forEach((name, value) -> told.add(name + " " + value));
        return told.toString();
    }

    private static String told(String sentence, Map<String, String> facts, String... names) {
        Object[] values = Arrays.stream(names).map(name -> facts.getOrDefault(name, "?")).toArray();
        return String.format(Locale.ROOT, sentence, values);
    }
}
