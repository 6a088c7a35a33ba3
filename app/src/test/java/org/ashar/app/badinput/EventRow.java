package org.ashar.app.badinput;

import java.io.IOException;
import java.util.List;

/**
 * One line of the table of bad events, {@code badinput/events.txt}, whose head says how it is read.
 *
 * @param what what is bad about it
 * @param events what is written to the topic, in the words that {@link Events} reads
 * @param parked the reasons for which events are parked, in their order
 * @param held how many wait for an earlier one
 * @param waits whether the record says that it is incomplete
 * @param mending the events that make it whole
 * @param state what the record then says of the promise
 */
record EventRow(
        String what,
        String events,
        List<String> parked,
        int held,
        boolean waits,
        String mending,
        String state) {

    static List<EventRow> all() throws IOException {
        return Table.lines("events.txt", 7).stream().map(EventRow::of).toList();
    }

    private static EventRow of(List<String> cells) {
        return new EventRow(
                cells.get(0),
                cells.get(1),
                cells.get(2).equals("-") ? List.of() : List.of(cells.get(2).split(", ")),
                Integer.parseInt(cells.get(3)),
                cells.get(4).equals("yes"),
                cells.get(5),
                cells.get(6));
    }

    @Override
    public String toString() {
        return what
                + ": "
                + (parked.isEmpty() ? "" : "parked for " + parked + ", ")
                + held
                + " held";
    }
}
