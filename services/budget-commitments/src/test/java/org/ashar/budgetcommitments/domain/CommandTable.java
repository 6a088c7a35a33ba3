package org.ashar.budgetcommitments.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tables of the service's README. */
public final class CommandTable {

    /** One command's row of the first table. */
    public record Row(
            Set<String> roles, Set<String> states, Set<String> events, Set<String> codes) {}

    /** What a cell of an allowed command begins with. */
    public static final String LEADS_TO = "→ ";

    private CommandTable() {}

    /** Command to its row. */
    public static Map<String, Row> commands(String name) {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (List<String> cells : body(name + " commands")) {
            rows.put(
                    cells.get(0),
                    new Row(
                            set(cells.get(1)),
                            set(cells.get(2)),
                            set(cells.get(3)),
                            set(cells.get(4))));
        }
        return rows;
    }

    /** One command's row. */
    public static Row command(String name, String command) {
        Row row = commands(name).get(command);
        if (row == null) {
            throw new AssertionError("README.md has no row for " + command);
        }
        return row;
    }

    /** Command to state to the code of its refusal, or to {@code →} and the state it leads to. */
    public static Map<String, Map<String, String>> states(String name) {
        List<List<String>> lines = lines(name + " states");
        List<String> header = lines.getFirst();
        Map<String, Map<String, String>> commands = new LinkedHashMap<>();
        for (List<String> cells : lines.subList(2, lines.size())) {
            Map<String, String> states = new LinkedHashMap<>();
            for (int i = 1; i < cells.size(); i++) {
                String cell = cells.get(i);
                boolean whole = cell.startsWith(LEADS_TO) || cell.contains(".");
                states.put(header.get(i), whole ? cell : name + "." + cell);
            }
            commands.put(cells.getFirst(), states);
        }
        return commands;
    }

    private static List<List<String>> body(String table) {
        List<List<String>> lines = lines(table);
        return lines.subList(2, lines.size());
    }

    private static List<List<String>> lines(String table) {
        try {
            List<String> all = Files.readAllLines(Path.of("README.md"));
            int start = all.indexOf("<!-- table: " + table + " -->") + 1;
            if (start == 0) {
                throw new AssertionError("README.md has no table: " + table);
            }
            List<List<String>> lines = new ArrayList<>();
            for (int i = start; i < all.size() && all.get(i).startsWith("|"); i++) {
                String line = all.get(i);
                lines.add(
                        Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                                .map(String::strip)
                                .toList());
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> set(String cell) {
        Set<String> set = new TreeSet<>(Arrays.asList(cell.split(", *")));
        set.remove("");
        return set;
    }
}
