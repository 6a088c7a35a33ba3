package org.ashar.standalone;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is fixed in a data folder from its first start on, kept in its file {@code format}.
 *
 * @param installation the short name in the {@code source} of every event; events of several
 *     installations never collide while their names differ
 * @param store which kind of store made {@code store/}
 * @param broker which kind of broker holds the topics
 * @param founded the day of the first start (UTC)
 */
public record Format(String installation, StoreKind store, BrokerKind broker, LocalDate founded) {

    /** Which store holds the data. A folder always reopens with the kind that made it. */
    public enum StoreKind {
        EMBEDDED,
        MONGOD,
        EXTERNAL
    }

    /** Which broker holds the topics. */
    public enum BrokerKind {
        EMBEDDED,
        EXTERNAL
    }

    static final String MARK = "ashar-data";
    static final String DELETING = MARK + " deleting\n";
    private static final String VERSION = MARK + " 1";
    private static final Pattern INSTALLATION = Pattern.compile("[a-z][a-z0-9-]{1,29}");

    public Format {
        if (!INSTALLATION.matcher(installation).matches()) {
            throw new StandaloneException(
                    String.format(
                            Locale.ROOT,
                            "the installation's name '%s' is not 2 to 30 lower-case letters, digits and hyphens with a letter first",
                            installation));
        }
    }

    String written() {
        return String.join(
                "\n",
                VERSION,
                "installation " + installation,
                "store " + store.name().toLowerCase(Locale.ROOT),
                "broker " + broker.name().toLowerCase(Locale.ROOT),
                "founded " + founded,
                "");
    }

    /** Reads the file's content. {@code folder} is for the message of the refusal alone. */
    static Format parse(String content, String folder) {
        if (content.equals(DELETING)) {
            throw new StandaloneException(
                    folder
                            + " was being deleted when that was interrupted; up --fresh finishes it");
        }
        Map<String, String> lines = new LinkedHashMap<>();
        content.lines()
                .skip(1)
                .forEach(
                        line -> {
                            int space = line.indexOf(' ');
                            lines.put(
                                    space < 0 ? line : line.substring(0, space),
                                    line.substring(space + 1));
                        });
        if (!content.lines().limit(1).toList().equals(List.of(VERSION))
                || !lines.keySet().equals(Set.of("installation", "store", "broker", "founded"))) {
            throw new StandaloneException(
                    String.format(
                            Locale.ROOT,
                            "%s has a format this version of Ashar does not know ('%s'): nothing was changed. Use the version that made it, or another folder with --data.",
                            folder,
                            firstLine(content)));
        }
        try {
            return new Format(
                    lines.getOrDefault("installation", ""),
                    StoreKind.valueOf(upper(lines.getOrDefault("store", ""))),
                    BrokerKind.valueOf(upper(lines.getOrDefault("broker", ""))),
                    LocalDate.parse(lines.getOrDefault("founded", "")));
        } catch (IllegalArgumentException | DateTimeException | StandaloneException e) {
            throw new StandaloneException(
                    folder + "/format is damaged: " + e.getMessage() + ". Nothing was changed.", e);
        }
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static String firstLine(String content) {
        String line = content.lines().findFirst().orElse("");
        return line.substring(0, Math.min(line.length(), 40)).replaceAll("\\p{C}", "?");
    }
}
