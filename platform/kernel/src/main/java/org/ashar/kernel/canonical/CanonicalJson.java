package org.ashar.kernel.canonical;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Map;
import java.util.TreeMap;
import org.ashar.kernel.Checked;

/**
 * The JSON Canonicalization Scheme (RFC 8785): names in UTF-16 order, numbers as ECMAScript prints
 * them, no white space, shortest escapes.
 *
 * <p>Refuses what has no canonical form or would lose something: bytes that are not UTF-8, lone
 * surrogates, duplicate names, numbers beyond a double, integers beyond ±(2^53−1) however they are
 * written (unless the canonical form has an exponent), nesting beyond {@value #MAX_DEPTH}, trailing
 * data.
 */
public final class CanonicalJson {

    /** Arrays and objects inside each other, at most. */
    public static final int MAX_DEPTH = 64;

    private static final double MAX_SAFE_INTEGER = 9_007_199_254_740_991d;

    /** From here on a double, which is an integer, is printed with an exponent. */
    private static final double FIRST_WITH_EXPONENT = 1e21;

    private final String text;
    private int at;
    private int depth;

    private CanonicalJson(String text, int depth) {
        this.text = text;
        this.depth = depth;
    }

    /**
     * The canonical form of a JSON text in UTF-8, or the code of what is wrong with it ({@code
     * json.…}). What is canonical is its own canonical form.
     */
    public static Checked<byte[]> of(byte[] utf8) {
        return of(utf8, 0);
    }

    /** The same for a value that is to be a member of an object, which is a level of its own. */
    public static Checked<byte[]> ofMember(byte[] utf8) {
        return of(utf8, 1);
    }

    private static Checked<byte[]> of(byte[] utf8, int depth) {
        try {
            String text =
                    UTF_8.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(utf8))
                            .toString();
            CanonicalJson parser = new CanonicalJson(text, depth);
            StringBuilder canonical = new StringBuilder(utf8.length);
            parser.value(canonical);
            parser.space();
            if (parser.at < text.length()) {
                return Checked.invalid("json.trailing-data");
            }
            return Checked.valid(canonical.toString().getBytes(UTF_8));
        } catch (CharacterCodingException e) {
            return Checked.invalid("json.not-utf-8");
        } catch (Broken e) {
            return Checked.invalid(e.code, Map.of("offset", Integer.toString(e.offset)));
        }
    }

    /** A number as ECMAScript's {@code String(number)} prints it; it must be finite. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not finite");
        }
        if (value == 0) {
            return "0";
        }
        if (value < 0) {
            return "-" + number(-value);
        }
        if (value <= 2 * Double.MIN_VALUE) {
            // Double.toString prints at least two digits (4.9E-324, 9.9E-324) where ECMAScript
            // needs but one.
            return value == Double.MIN_VALUE ? "5e-324" : "1e-323";
        }
        String shortest = Double.toString(value);
        int e = shortest.indexOf('E');
        String mantissa = e < 0 ? shortest : shortest.substring(0, e);
        int point = mantissa.indexOf('.');
        String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
        int exponent = point + (e < 0 ? 0 : Integer.parseInt(shortest.substring(e + 1)));
        int leading = 0;
        while (digits.charAt(leading) == '0') {
            leading++;
        }
        digits = digits.substring(leading).replaceAll("0+$", "");
        exponent -= leading;
        return ecmaScript(digits, exponent);
    }

    /** {@code 0.digits × 10^exponent} laid out as ECMA-262 Number::toString says. */
    private static String ecmaScript(String digits, int exponent) {
        int count = digits.length();
        if (exponent >= count && exponent <= 21) {
            return digits + "0".repeat(exponent - count);
        }
        if (exponent > 0 && exponent <= 21) {
            return digits.substring(0, exponent) + "." + digits.substring(exponent);
        }
        if (exponent > -6 && exponent <= 0) {
            return "0." + "0".repeat(-exponent) + digits;
        }
        int shown = exponent - 1;
        String tail = "e" + (shown < 0 ? "-" : "+") + Math.abs(shown);
        return count == 1 ? digits + tail : digits.charAt(0) + "." + digits.substring(1) + tail;
    }

    private void value(StringBuilder out) {
        space();
        switch (peek()) {
            case '{' -> object(out);
            case '[' -> array(out);
            case '"' -> quote(string(), out);
            case 't' -> word("true", out);
            case 'f' -> word("false", out);
            case 'n' -> word("null", out);
            default -> number(out);
        }
    }

    private void object(StringBuilder out) {
        enter();
        Map<String, String> members = new TreeMap<>();
        space();
        if (peek() != '}') {
            do {
                space();
                String name = string();
                space();
                expect(':');
                StringBuilder member = new StringBuilder();
                value(member);
                if (members.putIfAbsent(name, member.toString()) != null) {
                    throw new Broken("json.duplicate-name", at);
                }
                space();
            } while (skip(','));
        }
        expect('}');
        depth--;
        out.append('{');
        members.forEach(
                (name, member) -> {
                    if (out.charAt(out.length() - 1) != '{') {
                        out.append(',');
                    }
                    quote(name, out);
                    out.append(':').append(member);
                });
        out.append('}');
    }

    private void array(StringBuilder out) {
        enter();
        out.append('[');
        space();
        if (peek() != ']') {
            value(out);
            space();
            while (skip(',')) {
                out.append(',');
                value(out);
                space();
            }
        }
        expect(']');
        depth--;
        out.append(']');
    }

    private void number(StringBuilder out) {
        int start = at;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        boolean integer = true;
        if (skip('.')) {
            integer = false;
            digits();
        }
        if (skip('e') || skip('E')) {
            integer = false;
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
        double value = Double.parseDouble(text.substring(start, at));
        if (Double.isInfinite(value)) {
            throw new Broken("json.number-out-of-range", start);
        }
        double magnitude = Math.abs(value);
        if (magnitude > MAX_SAFE_INTEGER && (integer || magnitude < FIRST_WITH_EXPONENT)) {
            throw new Broken("json.integer-out-of-range", start);
        }
        out.append(number(value));
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw new Broken("json.syntax", at);
        }
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                break;
            }
            if (c < 0x20) {
                throw new Broken("json.syntax", at - 1);
            }
            value.append(c == '\\' ? escape() : c);
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                if (!Character.isHighSurrogate(value.charAt(i))
                        || i + 1 == value.length()
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    throw new Broken("json.lone-surrogate", at);
                }
                i++;
            }
        }
        return value.toString();
    }

    private char escape() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    char digit = next();
                    int value = digit < 128 ? Character.digit(digit, 16) : -1;
                    if (value < 0) {
                        throw new Broken("json.syntax", at - 1);
                    }
                    code = code << 4 | value;
                }
                yield (char) code;
            }
            default -> throw new Broken("json.syntax", at - 1);
        };
    }

    private static void quote(String value, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private void word(String word, StringBuilder out) {
        if (!text.startsWith(word, at)) {
            throw new Broken("json.syntax", at);
        }
        at += word.length();
        out.append(word);
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw new Broken("json.too-deep", at);
        }
        at++;
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new Broken("json.syntax", at);
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!skip(c)) {
            throw new Broken("json.syntax", at);
        }
    }

    /** Leaves the parser at the first fault; never seen outside. */
    private static final class Broken extends RuntimeException {
        private final String code;
        private final int offset;

        Broken(String code, int offset) {
            super(code, null, false, false);
            this.code = code;
            this.offset = offset;
        }
    }
}
