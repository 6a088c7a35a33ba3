package org.ashar.app.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A request. A bad one is a good one in which one thing is changed. */
final class Call {

    record Header(String name, String value) {}

    private static final String HERE = "«here»";

    private final String method;
    private final String path;
    private final List<Header> headers;
    private final byte[] body;
    private final boolean chunked;

    private Call(String method, String path, List<Header> headers, byte[] body, boolean chunked) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
        this.chunked = chunked;
    }

    static Call get(String path) {
        return new Call("GET", path, List.of(), new byte[0], false);
    }

    /** A command without a key, a token or a version. */
    static Call post(String path, String json) {
        return new Call("POST", path, List.of(), json.getBytes(UTF_8), false)
                .header("Content-Type", "application/json");
    }

    Call by(String token) {
        return header("Authorization", "Bearer " + token);
    }

    Call seen(long version) {
        return header("If-Match", "\"" + version + "\"");
    }

    /** With this header in the place of one of the same name. */
    Call header(String name, String value) {
        return without(name).also(name, value);
    }

    /** With one more header, of whatever name. */
    Call also(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Call(method, path, more, body, chunked);
    }

    Call without(String header) {
        return new Call(
                method,
                path,
                headers.stream().filter(h -> !h.name().equalsIgnoreCase(header)).toList(),
                body,
                chunked);
    }

    boolean has(String header) {
        return headers.stream().anyMatch(h -> h.name().equalsIgnoreCase(header));
    }

    Call method(String other) {
        return new Call(other, path, headers, body, chunked);
    }

    Call path(String other) {
        return new Call(method, other, headers, body, chunked);
    }

    Call body(byte[] other) {
        return new Call(method, path, headers, other, chunked);
    }

    Call body(String other) {
        return body(other.getBytes(UTF_8));
    }

    /** Without saying beforehand how long the body is. */
    Call inChunks() {
        return new Call(method, path, headers, body, true);
    }

    /** With this JSON, which may be bad, at this pointer of the body. */
    Call with(String pointer, String json) {
        JsonNode all = JsonMapper.shared().readTree(body);
        JsonPointer at = JsonPointer.compile(pointer);
        switch (all.at(at.head())) {
            case ObjectNode parent -> parent.put(at.last().getMatchingProperty(), HERE);
            case ArrayNode parent ->
                    parent.set(at.last().getMatchingIndex(), parent.stringNode(HERE));
            default -> throw new IllegalArgumentException(pointer);
        }
        return body(JsonMapper.shared().writeValueAsString(all).replace("\"" + HERE + "\"", json));
    }

    /** Without what is at this pointer of the body. */
    Call lacking(String pointer) {
        JsonNode all = JsonMapper.shared().readTree(body);
        JsonPointer at = JsonPointer.compile(pointer);
        ((ObjectNode) all.at(at.head())).remove(at.last().getMatchingProperty());
        return body(JsonMapper.shared().writeValueAsString(all));
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    List<Header> headers() {
        return headers;
    }

    BodyPublisher publisher() {
        if (chunked) {
            return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        }
        return body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    }

    @Override
    public String toString() {
        return method + " " + (path.length() > 100 ? path.substring(0, 100) + "…" : path);
    }
}
