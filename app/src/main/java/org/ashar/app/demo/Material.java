package org.ashar.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The words that the stories are made of: works that villages do, and what is said about them, by
 * language. {@code {v}} stands for a village, {@code {a}} for an aimak, {@code {n}} for a number.
 */
record Material(List<Work> works, JsonNode texts) {

    /**
     * A kind of work.
     *
     * @param cost least and most, in thousands of som
     * @param count least and most of what {@code deliverable} counts
     */
    record Work(
            String id,
            String cofog,
            String sdg,
            String topic,
            List<Integer> cost,
            List<Integer> count,
            Map<String, String> title,
            Map<String, String> need,
            Map<String, String> deliverable) {}

    static Material read() {
        try (InputStream file = Material.class.getResourceAsStream("demonstration.json")) {
            if (file == null) {
                throw new IllegalStateException("demonstration.json is not on the class path");
            }
            return JsonMapper.builder().build().readValue(file, Material.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text at this JSON pointer, by language. */
    Map<String, String> text(String pointer) {
        return words(texts.at(pointer));
    }

    /** The texts of the list at this JSON pointer. */
    List<Map<String, String>> list(String pointer) {
        return texts.at(pointer).valueStream().map(Material::words).toList();
    }

    private static Map<String, String> words(JsonNode node) {
        Map<String, String> words = new java.util.TreeMap<>();
        node.properties()
                .forEach(entry -> words.put(entry.getKey(), entry.getValue().stringValue()));
        if (words.isEmpty()) {
            throw new IllegalStateException("the demonstration lacks a text");
        }
        return words;
    }
}
