package org.ashar.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

/**
 * What the command line reads and writes.
 *
 * @param out what was asked for
 * @param err what went wrong
 * @param in what the person at the terminal answers
 */
record Terminal(PrintStream out, PrintStream err, BufferedReader in) {
    void say(String line) {
        out.println(line);
        out.flush();
    }

    void complain(String line) {
        err.println("ashar: " + line);
        err.flush();
    }

    /** Whether the answer to {@code question} is {@code yes}; no answer is none. */
    boolean confirmed(String question) {
        out.print(question + " Type yes to go on: ");
        out.flush();
        try {
            return "yes".equals(in.readLine());
        } catch (IOException e) {
            complain("no answer could be read: " + e.getMessage());
            return false;
        }
    }
}
