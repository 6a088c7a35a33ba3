package org.ashar.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, a row each: the figure, its floor of the same run, and the ratio. */
final class Table {

    private record Row(String what, String figure, String floor, String ratio, String aim) {}

    private final List<Row> rows = new ArrayList<>();

    /** A figure that has no floor. */
    void add(String what, double value, String unit, String aim) {
        rows.add(new Row(what, number(value) + " " + unit, "", "", aim));
    }

    /** A figure and its floor, in the same unit. */
    void add(String what, double value, String floorName, double floor, String unit, String aim) {
        rows.add(
                new Row(
                        what,
                        number(value) + " " + unit,
                        number(floor) + " (" + floorName + ")",
                        String.format(Locale.ROOT, "%.2f", value / floor),
                        aim));
    }

    String print() {
        Row head = new Row("what", "median of the runs", "floor", "ratio", "aim");
        List<Row> all = new ArrayList<>(rows);
        all.addFirst(head);
        int[] widths = new int[5];
        for (Row row : all) {
            List<String> cells = cells(row);
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (Row row : all) {
            List<String> cells = cells(row);
            for (int i = 0; i < widths.length; i++) {
                text.append(i == 0 ? "| " : " | ").append(pad(cells.get(i), widths[i]));
            }
            text.append(" |\n");
            if (row.equals(head)) {
                for (int width : widths) {
                    text.append('|').append("-".repeat(width + 2));
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static List<String> cells(Row row) {
        return List.of(row.what(), row.figure(), row.floor(), row.ratio(), row.aim());
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String number(double value) {
        return value >= 100
                ? String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ')
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
