package org.ashar.portal.pages;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A link from a figure to an event that it follows from.
 *
 * @param address where it is shown
 * @param sequence its number within the stream
 */
public record EventLink(String address, String sequence) {

    /** Beside one figure; where there are more, the record in JSON has them all. */
    private static final int MOST = 2;

    /** Enough of a stream's id to tell the few streams of one page apart. */
    private static final Pattern STREAM_ID = Pattern.compile("/([a-z2-7]{8})[a-z2-7]{18}@");

    /** The element on a page that shows this event. */
    static String anchor(String event) {
        return "e-" + STREAM_ID.matcher(event).replaceFirst("-$1-").replaceAll("[^A-Za-z0-9]", "-");
    }

    /** Links to the newest of these events: on this page where they are here, else in history. */
    static List<EventLink> to(List<String> events, String history, Set<String> here) {
        return events.stream()
                .skip(Math.max(0, events.size() - MOST))
                .map(
                        event ->
                                new EventLink(
                                        (here.contains(event) ? "" : history) + "#" + anchor(event),
                                        event.substring(event.lastIndexOf('@') + 1)))
                .toList();
    }
}
