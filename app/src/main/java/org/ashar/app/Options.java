package org.ashar.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words after a command: {@code --name value}, {@code --name=value}, {@code --switch}, and what
 * is none of these. An unknown or repeated option is refused by name.
 *
 * @param values of the options that take one
 * @param switches those that were given
 * @param words the rest, in order
 */
record Options(Map<String, String> values, Set<String> switches, List<String> words) {

    static Options parse(
            String command,
            List<String> given,
            Set<String> valued,
            Set<String> switched,
            int most) {
        Map<String, String> values = new HashMap<>();
        Set<String> switches = new java.util.HashSet<>();
        List<String> words = new ArrayList<>();
        for (int index = 0; index < given.size(); index++) {
            String word = given.get(index);
            int equals = word.indexOf('=');
            String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
            if (valued.contains(name)) {
                String value;
                if (equals > 0) {
                    value = word.substring(equals + 1);
                } else if (index + 1 < given.size() && !given.get(index + 1).startsWith("--")) {
                    value = given.get(++index);
                } else {
                    throw new UsageException(command + ": " + name + " needs a value");
                }
                if (value.isBlank()) {
                    throw new UsageException(command + ": " + name + " needs a value");
                }
                if (values.put(name, value) != null) {
                    throw new UsageException(command + ": " + name + " is given twice");
                }
            } else if (switched.contains(word)) {
                switches.add(word);
            } else if (word.startsWith("-") || words.size() == most) {
                throw new UsageException(command + " knows no " + word);
            } else {
                words.add(word);
            }
        }
        return new Options(values, switches, words);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    boolean has(String name) {
        return switches.contains(name);
    }
}
