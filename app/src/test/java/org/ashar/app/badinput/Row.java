package org.ashar.app.badinput;

import java.io.IOException;
import java.util.List;

/**
 * One line of the table of bad requests, {@code badinput/requests.txt}.
 *
 * @param what what is bad about it
 * @param request what is sent, in the words that {@link Request} reads
 * @param status what is answered
 * @param code the broken rule
 * @param where a pointer into the body, {@link #BODY}, {@code ?parameter}, {@code Header:} or
 *     {@link #NOWHERE}
 * @param english the message as English readers get it, word by word; the others get theirs
 */
record Row(String what, String request, int status, String code, String where, String english) {

    private static final String IN_ONE_LANGUAGE = " & in one language";

    /** The body as a whole is at fault. */
    static final String BODY = "body";

    /** The request as a whole is at fault. */
    static final String NOWHERE = "-";

    static List<Row> all() throws IOException {
        return Table.lines("requests.txt", 6).stream().map(Row::of).toList();
    }

    private static Row of(List<String> cells) {
        return new Row(
                cells.get(0),
                cells.get(1),
                Integer.parseInt(cells.get(2)),
                cells.get(3),
                cells.get(4),
                cells.get(5));
    }

    /** In which languages it is asked. */
    List<String> languages() {
        return request.endsWith(IN_ONE_LANGUAGE) ? List.of("ky") : Texts.LANGUAGES;
    }

    /** What is sent, whatever the language. */
    String words() {
        return request.endsWith(IN_ONE_LANGUAGE)
                ? request.substring(0, request.length() - IN_ONE_LANGUAGE.length())
                : request;
    }

    @Override
    public String toString() {
        return what + ": " + status + " " + code + (where.equals(NOWHERE) ? "" : " " + where);
    }
}
