package org.ashar.portal;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ashar.kernel.StreamId;
import org.ashar.portal.StubService.Asked;
import org.ashar.portal.StubService.Reply;
import org.jspecify.annotations.Nullable;

/** Keeps the public record of a few places, over real HTTP; one of them has 10,000 commitments. */
final class RecordStub {

    static final int MANY = 10_000;

    private RecordStub() {}

    static StubService start() {
        return StubService.start(RecordStub::answer);
    }

    static Reply answer(Asked asked) {
        URI uri = URI.create(asked.uri());
        Map<String, String> parameters = parameters(uri.getRawQuery());
        String[] path = uri.getPath().split("/", -1);
        if (uri.getPath().startsWith("/api/record/places/")) {
            return place(path[5], parameters);
        }
        if (uri.getPath().startsWith("/api/record/commitments/")) {
            return path.length == 5 ? commitment(path[4]) : page(path[5], parameters);
        }
        return notFound();
    }

    private static Reply place(String code, Map<String, String> parameters) {
        String attention = parameters.getOrDefault("attention", "");
        return switch (code) {
            case Fixtures.AIMAK -> {
                List<Map<String, Object>> rows =
                        Fixtures.rows().stream().filter(row -> needs(attention, row)).toList();
                yield ok(Fixtures.place(code, 6, rows, ""));
            }
            case Fixtures.LARGE -> {
                int after = Integer.parseInt(parameters.getOrDefault("after", "0"));
                int limit = Integer.parseInt(parameters.getOrDefault("limit", "50"));
                List<Map<String, Object>> rows =
                        IntStream.range(after, MANY)
                                .mapToObj(RecordStub::oneOfMany)
                                .filter(row -> needs(attention, row))
                                .limit(limit)
                                .toList();
                String next = after + limit < MANY ? Integer.toString(after + limit) : "";
                yield ok(Fixtures.place(code, MANY, rows, next));
            }
            default -> ok(Fixtures.place(code, 0, List.of(), ""));
        };
    }

    private static boolean needs(String attention, Map<String, Object> row) {
        return switch (attention) {
            case "late" -> Boolean.TRUE.equals(row.get("late"));
            case "overspent" -> Boolean.TRUE.equals(row.get("overspent"));
            case "disputed" -> "disputed".equals(row.get("state"));
            default -> true;
        };
    }

    private static Map<String, Object> oneOfMany(int number) {
        return Fixtures.row(
                StreamId.derived("commitment", Integer.toString(number)).id(),
                Fixtures.text(
                        "ky",
                        "Убада № "
                                + number
                                + ": айылдын борборундагы көчөлөрдү жарыктандыруу жана тротуар"
                                + " салуу боюнча иштер, анын ичинде мектепке жана"
                                + " фельдшердик пунктка баруучу жолдор, суу агуучу арыктар,"
                                + " өткөөлдөр менен белгилер, ошондой эле түнкү кароол"),
                number % 13 == 5 ? "disputed" : "in-progress",
                number % 3 == 0,
                number % 7 == 3);
    }

    private static Reply commitment(String id) {
        if (id.equals(Fixtures.HEAVY)) {
            return ok(Fixtures.heavy());
        }
        boolean known = Fixtures.rows().stream().anyMatch(row -> id.equals(row.get("id")));
        return known ? ok(Fixtures.commitment(id)) : notFound();
    }

    private static Reply page(String list, Map<String, String> parameters) {
        if (list.equals("history")) {
            return ok(
                    Fixtures.object(
                            "items",
                            IntStream.range(0, 40)
                                    .mapToObj(
                                            i ->
                                                    Fixtures.step(
                                                            60 - i,
                                                            "milestone-assessed",
                                                            "2026-04-02T04:00:00Z",
                                                            "Себеби жазылган."))
                                    .toList(),
                            "next",
                            "next-page"));
        }
        return ok(
                Fixtures.object(
                        "items",
                        List.of(Fixtures.spending(3, "1.00", "Бет: " + parameters.get("after")))));
    }

    private static Reply ok(Object document) {
        return new Reply(200, Map.of("Content-Type", "application/json"), Fixtures.json(document));
    }

    private static Reply notFound() {
        return new Reply(
                404,
                Map.of("Content-Type", "application/problem+json"),
                "{\"code\":\"record.commitment-unknown\"}");
    }

    static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int sign = pair.indexOf('=');
                parameters.put(
                        pair.substring(0, sign),
                        URLDecoder.decode(pair.substring(sign + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}
