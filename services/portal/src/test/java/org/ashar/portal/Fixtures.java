package org.ashar.portal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ashar.json.AsharJson;

/** Documents of the public record, as the service that keeps it would answer. */
final class Fixtures {

    static final String AIMAK = "41706246812000";
    static final String VILLAGE = "41706246812010";
    static final String EMPTY = "41705214812000";
    static final String LARGE = "41705214814000";

    static final String ON_TIME = id('a');
    static final String LATE = id('b');
    static final String DISPUTED = id('c');
    static final String OVERSPENT = id('d');
    static final String WITHDRAWN = id('e');
    static final String HEAVY = id('f');
    static final String ARABIC = id('g');

    private Fixtures() {}

    static String id(char letter) {
        return String.valueOf(letter).repeat(26);
    }

    static Map<String, Object> object(Object... pairs) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put((String) pairs[i], pairs[i + 1]);
        }
        return object;
    }

    static String json(Object document) {
        return AsharJson.strict().writeValueAsString(document);
    }

    static Map<String, Object> text(String language, String value) {
        return object(
                "original",
                language,
                "texts",
                object(language, object("value", value, "provenance", "human")));
    }

    static Map<String, Object> texts(String ky, String ru, String en) {
        return object(
                "original",
                "ky",
                "texts",
                object(
                        "en",
                        object("value", en, "provenance", "human"),
                        "ky",
                        object("value", ky, "provenance", "human"),
                        "ru",
                        object("value", ru, "provenance", "human")));
    }

    static Map<String, Object> machine(Map<String, Object> text, String language, String value) {
        @SuppressWarnings("unchecked")
        Map<String, Object> all = (Map<String, Object>) text.get("texts");
        Map<String, Object> more = new LinkedHashMap<>(all == null ? Map.of() : all);
        more.put(language, object("value", value, "provenance", "machine"));
        return object("original", String.valueOf(text.get("original")), "texts", more);
    }

    static Map<String, Object> money(String amount) {
        return object("amount", amount, "currency", "KGS");
    }

    static Map<String, Object> figure(String amount, String... events) {
        return object("amount", amount, "currency", "KGS", "events", List.of(events));
    }

    static Map<String, Object> total(String promised, String adjusted, String spent, String over) {
        String budget = "budget-commitment/" + id('m');
        return object(
                "currency",
                "KGS",
                "proposed",
                figure("0.00"),
                "promised",
                figure(promised, budget + "@1", budget + "@2"),
                "adjusted",
                figure(adjusted, budget + "@3"),
                "committed",
                figure(adjusted, budget + "@3", budget + "@4"),
                "spent",
                figure(spent, budget + "@9"),
                "refunded",
                figure("0.00"),
                "overspent",
                figure(over, budget + "@9", budget + "@10"),
                "givenUp",
                figure("0.00"));
    }

    static Map<String, Object> lead() {
        return object(
                "organisation",
                "ao-kara-kulja",
                "name",
                texts(
                        "Кара-Кулжа айыл өкмөтү",
                        "Айыл өкмөтү Кара-Кулжинского аймака",
                        "Kara-Kulja aiyl okmotu"));
    }

    static Map<String, Object> given(String at, String role) {
        return object(
                "at",
                at,
                "recordedAt",
                "2026-05-01T08:00:00Z",
                "role",
                role,
                "organisation",
                "ao-kara-kulja");
    }

    // ---- places

    static Map<String, Object> row(
            String id, Map<String, Object> title, String state, boolean late, boolean over) {
        Map<String, Object> row =
                object(
                        "id",
                        id,
                        "title",
                        title,
                        "lead",
                        lead(),
                        "state",
                        state,
                        "period",
                        object("start", "2025-01-15", "end", "2026-06-30"),
                        "publishedOn",
                        "2025-01-15",
                        "late",
                        late,
                        "daysLate",
                        late ? 61 : 0,
                        "overspent",
                        over,
                        "milestones",
                        5,
                        "milestonesMet",
                        3,
                        "money",
                        List.of(
                                over
                                        ? total(
                                                "1200000.00",
                                                "1500000.00",
                                                "1650000.00",
                                                "150000.00")
                                        : total("900000.00", "900000.00", "432500.50", "0.00")),
                        "sequence",
                        7,
                        "record",
                        "/api/record/commitments/" + id);
        if (!state.equals("withdrawn")) {
            row.put("nextDue", late ? "2026-03-01" : "2026-06-30");
        }
        return row;
    }

    static List<Map<String, Object>> rows() {
        return List.of(
                row(
                        LATE,
                        texts(
                                "Ак-Кыя айылына таза суу тартуу",
                                "Провести чистую воду в село Ак-Кыя",
                                "Bring clean water to the village of Ak-Kyia"),
                        "in-progress",
                        true,
                        false),
                row(
                        DISPUTED,
                        texts(
                                "№ 4 мектептин чатырын оңдоо",
                                "Отремонтировать крышу школы № 4",
                                "Repair the roof of school no. 4"),
                        "disputed",
                        true,
                        false),
                row(
                        OVERSPENT,
                        texts(
                                "Борбордук көчөнү асфальттоо",
                                "Заасфальтировать Центральную улицу",
                                "Pave Central Street"),
                        "in-progress",
                        false,
                        true),
                row(
                        ON_TIME,
                        texts(
                                "Фельдшердик пунктту жылытуу",
                                "Сделать отопление в фельдшерском пункте",
                                "Heat the medical post"),
                        "verified-complete",
                        false,
                        false),
                row(
                        ARABIC,
                        machine(
                                text("ar", "تأهيل مركز الشباب في القرية"),
                                "ru",
                                "Восстановление молодёжного центра в деревне"),
                        "published",
                        false,
                        false),
                row(
                        WITHDRAWN,
                        text("ky", "Жаштар үчүн футбол аянтчасы"),
                        "withdrawn",
                        false,
                        false));
    }

    static Map<String, Object> place(
            String code, int commitments, List<Map<String, Object>> rows, String next) {
        boolean empty = commitments == 0;
        Map<String, Object> items = object("items", rows);
        if (!next.isEmpty()) {
            items.put("next", "/api/record/places/soate/" + code + "?after=" + next);
        }
        Map<String, Object> place =
                object(
                        "place",
                        object("scheme", "soate", "code", code, "name", "x", "asOf", "2026-05-01"),
                        "on",
                        "2026-05-01",
                        "demonstration",
                        !empty,
                        "restsOn",
                        object("streams", 8, "events", 21, "digest", "b4f3"),
                        "counts",
                        object(
                                "commitments",
                                commitments,
                                "byState",
                                empty
                                        ? object()
                                        : object(
                                                "in-progress",
                                                2,
                                                "verified-complete",
                                                1,
                                                "disputed",
                                                1),
                                "late",
                                empty ? 0 : commitments / 3,
                                "disputed",
                                empty ? 0 : 1,
                                "overspent",
                                empty ? 0 : 1),
                        "money",
                        empty
                                ? List.of()
                                : List.of(
                                        total(
                                                "48200000.00",
                                                "51700000.00",
                                                "38612345.67",
                                                "150000.00")),
                        "reports",
                        object(
                                "published",
                                empty ? 0 : 19,
                                "corrected",
                                empty ? 0 : 2,
                                "due",
                                empty ? 0 : 1,
                                "overdue",
                                empty ? 0 : 3),
                        "commitments",
                        items);
        if (!empty) {
            place.put("asOf", "2026-04-28T09:15:00Z");
        }
        return place;
    }

    // ---- commitments

    static Map<String, Object> milestone(
            String id, String title, String status, String due, boolean late) {
        Map<String, Object> milestone =
                object(
                        "id",
                        id,
                        "title",
                        text("ky", title),
                        "deliverable",
                        text("ky", title + ": кабыл алуу актысы жана сүрөттөр жарыяланды"),
                        "status",
                        status,
                        "due",
                        due,
                        "originalDue",
                        late ? "2026-01-31" : due,
                        "dropped",
                        false,
                        "late",
                        late,
                        "daysLate",
                        late ? 61 : 0,
                        "evidence",
                        List.of(),
                        "events",
                        List.of("commitment/" + id('b') + "@1", "commitment/" + id('b') + "@4"));
        if (status.equals("met")) {
            milestone.put("metOn", "2025-09-20");
            milestone.put(
                    "evidence",
                    List.of(
                            object(
                                    "sha256",
                                    "ab".repeat(32),
                                    "mediaType",
                                    "image/jpeg",
                                    "size",
                                    2_345_678,
                                    "capturedOn",
                                    "2025-09-20",
                                    "link",
                                    "https://evidence.example/photo.jpg")));
        }
        if (status.equals("partially-met")) {
            milestone.put("note", text("ky", "Акыркы 400 метр түтүк али төшөлө элек."));
        }
        return milestone;
    }

    static Map<String, Object> spending(int number, String amount, String what) {
        return object(
                "event",
                "budget-commitment/" + id('m') + "@" + number,
                "entry",
                object(
                        "budget",
                        "budget-commitment/" + id('m'),
                        "amount",
                        money(amount),
                        "spentOn",
                        "2025-0" + (1 + number % 9) + "-14",
                        "description",
                        text("ky", what),
                        "evidence",
                        List.of(),
                        "spent",
                        money(amount),
                        "given",
                        given("2025-08-14T05:00:00Z", "finance-officer")));
    }

    static Map<String, Object> version(
            String report, int number, String status, String narrative, String reason) {
        Map<String, Object> version =
                object(
                        "report",
                        "progress-report/" + report,
                        "period",
                        "2025-Q3",
                        "number",
                        number,
                        "status",
                        status,
                        "noProgress",
                        narrative.isEmpty(),
                        "indicators",
                        narrative.isEmpty()
                                ? List.of()
                                : List.of(
                                        object(
                                                "name",
                                                text("ky", "Төшөлгөн түтүк"),
                                                "measure",
                                                "unit",
                                                "unit",
                                                "м",
                                                "value",
                                                number == 0 ? "2100" : "1900")),
                        "milestoneNotes",
                        List.of(),
                        "evidence",
                        List.of(),
                        "given",
                        given("2025-10-1" + number + "T05:00:00Z", "head"));
        if (!narrative.isEmpty()) {
            version.put(
                    "narrative",
                    machine(
                            text("ky", narrative),
                            "ru",
                            "Проложено 2100 метров труб, две улицы подключены."));
        }
        if (!reason.isEmpty()) {
            version.put("reason", text("ky", reason));
        }
        return object(
                "event", "progress-report/" + report + "@" + (number + 1), "version", version);
    }

    static Map<String, Object> report(
            String id, String period, String status, List<Map<String, Object>> versions) {
        return object(
                "id",
                id,
                "period",
                period,
                "days",
                object("start", "2025-07-01", "end", "2025-09-30"),
                "status",
                status,
                "publishedOn",
                "2025-10-10",
                "corrections",
                versions.size() - 1,
                "versions",
                versions,
                "events",
                List.of("progress-report/" + id + "@1"));
    }

    static Map<String, Object> due(String period, String dueOn, String standing) {
        return object(
                "period",
                period,
                "days",
                object("start", "2025-01-01", "end", "2025-03-31"),
                "dueOn",
                dueOn,
                "standing",
                standing,
                "daysLate",
                0,
                "events",
                List.of("commitment/" + id('b') + "@1"));
    }

    static Map<String, Object> step(int number, String kind, String at, String text) {
        Map<String, Object> entry = object("kind", kind, "given", given(at, "head"));
        if (!text.isEmpty()) {
            entry.put("text", text("ky", text));
        }
        return object("event", "commitment/" + id('b') + "@" + number, "entry", entry);
    }

    static Map<String, Object> commitment(String id) {
        Map<String, Object> row =
                rows().stream()
                        .filter(known -> id.equals(known.get("id")))
                        .findFirst()
                        .orElseGet(() -> row(id, text("ky", "Оор жүк"), "in-progress", true, true));
        boolean late = Boolean.TRUE.equals(row.get("late"));
        boolean over = Boolean.TRUE.equals(row.get("overspent"));
        boolean disputed = "disputed".equals(row.get("state"));
        boolean withdrawn = "withdrawn".equals(row.get("state"));
        boolean nothingYet = "published".equals(row.get("state"));
        String commitment = "commitment/" + id;
        List<Map<String, Object>> milestones = new ArrayList<>();
        milestones.add(milestone("m1", "Долбоордук документтер даяр", "met", "2025-03-31", false));
        milestones.add(milestone("m2", "Скважина бургуланды", "met", "2025-09-30", false));
        milestones.add(
                milestone(
                        "m3",
                        "Түтүктөр төшөлдү",
                        late ? "partially-met" : "met",
                        "2026-03-01",
                        late));
        milestones.add(milestone("m4", "Үйлөргө суу берилди", "scheduled", "2026-06-30", false));
        List<Map<String, Object>> history = new ArrayList<>();
        history.add(step(1, "commitment-published", "2025-01-15T04:00:00Z", ""));
        history.add(step(2, "commitment-started", "2025-02-01T04:00:00Z", ""));
        history.add(
                step(
                        5,
                        "commitment-amended",
                        "2026-01-20T04:00:00Z",
                        "Кыш эрте келип, жер тоңуп калгандыктан түтүк төшөө жазга жылдырылды."));
        Map<String, Object> record =
                object(
                        "id",
                        id,
                        "asOf",
                        "2026-04-28T09:15:00Z",
                        "on",
                        "2026-05-01",
                        "restsOn",
                        object(commitment, 7),
                        "commitment",
                        object(
                                "place",
                                object(
                                        "scheme",
                                        "soate",
                                        "code",
                                        AIMAK,
                                        "name",
                                        "Кара-Кулджинский айылный аймак",
                                        "asOf",
                                        "2025-01-15"),
                                "title",
                                given(row, "title"),
                                "description",
                                texts(
                                        "Ак-Кыя айылындагы 214 үй-бүлө сууну арыктан алат."
                                                + " Айыл өкмөтү скважина бургулап, 6,4 километр түтүк"
                                                + " төшөп, ар бир короого таза суу берет.",
                                        "214 семей села Ак-Кыя берут воду из арыка. Айыл өкмөтү"
                                                + " пробурит скважину, проложит 6,4 километра труб и"
                                                + " подведёт чистую воду к каждому двору.",
                                        "214 households of Ak-Kyia take their water from a ditch."
                                                + " The aiyl okmotu will drill a well, lay 6.4"
                                                + " kilometres of pipe and bring clean water to"
                                                + " every yard."),
                                "lead",
                                lead(),
                                "contact",
                                object(
                                        "office",
                                        texts(
                                                "Коомдук кабылдама",
                                                "Общественная приёмная",
                                                "Public reception"),
                                        "phone",
                                        "+996 3231 5 00 00",
                                        "email",
                                        "info@aimak.example"),
                                "period",
                                object("start", "2025-01-15", "end", "2026-06-30"),
                                "originalPeriod",
                                object("start", "2025-01-15", "end", "2025-12-31"),
                                "classifications",
                                List.of(
                                        object("scheme", "cofog", "code", "06.3.0"),
                                        object("scheme", "sdg", "code", "6.1")),
                                "reporting",
                                object("frequency", "quarter", "graceDays", 30),
                                "publishedOn",
                                "2025-01-15",
                                "events",
                                List.of(commitment + "@1", commitment + "@5")),
                        "state",
                        object(
                                "value",
                                given(row, "state"),
                                "since",
                                "2025-02-01T04:00:00Z",
                                "events",
                                List.of(commitment + "@2")),
                        "lateness",
                        object(
                                "late",
                                late,
                                "days",
                                late ? 61 : 0,
                                "milestones",
                                late ? List.of("m3") : List.of()),
                        "milestones",
                        milestones,
                        "money",
                        object(
                                "totals",
                                nothingYet ? List.of() : given(row, "money"),
                                "budgets",
                                object("items", nothingYet ? List.of() : List.of(budget(over))),
                                "spending",
                                object(
                                        "items",
                                        nothingYet
                                                ? List.of()
                                                : List.of(
                                                        spending(
                                                                9,
                                                                "432500.50",
                                                                "Түтүк жана арматура"),
                                                        spending(
                                                                8,
                                                                "-12000.00",
                                                                "Кайтарылган аванс"),
                                                        spending(
                                                                7,
                                                                "980000.00",
                                                                "Бургулоо иштери")))),
                        "reports",
                        reports(nothingYet, late),
                        "amendments",
                        List.of(history.get(2)),
                        "disputes",
                        disputed
                                ? List.of(
                                        step(
                                                7,
                                                "commitment-disputed",
                                                "2026-04-02T04:00:00Z",
                                                "Чатыр эки жерден агып жатат: 12-мартта тартылган"
                                                        + " сүрөттөр тиркелди."))
                                : List.of(),
                        "history",
                        object("items", history));
        if (row.get("nextDue") != null) {
            @SuppressWarnings("unchecked")
            Map<String, Object> lateness = (Map<String, Object>) record.get("lateness");
            if (lateness != null) {
                lateness.put("nextDue", String.valueOf(row.get("nextDue")));
            }
        }
        if (withdrawn) {
            record.put(
                    "withdrawal",
                    step(
                            7,
                            "commitment-withdrawn",
                            "2026-02-02T04:00:00Z",
                            "Жер участогу мектепке берилди; аянтча мектептин долбооруна кирет."));
        }
        return record;
    }

    private static Object given(Map<String, Object> object, String name) {
        return Objects.requireNonNull(object.get(name));
    }

    private static Map<String, Object> budget(boolean over) {
        String budget = "budget-commitment/" + id('m');
        return object(
                "id",
                id('m'),
                "title",
                texts("Негизги бюджет", "Основной бюджет", "Main budget"),
                "period",
                object("start", "2025-01-01", "end", "2025-12-31"),
                "state",
                object(
                        "value",
                        "partly-executed",
                        "since",
                        "2025-08-14T05:00:00Z",
                        "events",
                        List.of(budget + "@9")),
                "total",
                figure(over ? "1200000.00" : "900000.00", budget + "@1"),
                "adjusted",
                figure(over ? "1500000.00" : "900000.00", budget + "@3"),
                "spent",
                figure(over ? "1650000.00" : "432500.50", budget + "@9"),
                "refunded",
                figure("12000.00", budget + "@8"),
                "overspent",
                figure(over ? "150000.00" : "0.00", budget + "@10"),
                "sources",
                List.of(
                        object(
                                "kind",
                                "local-budget",
                                "name",
                                texts("Жергиликтүү бюджет", "Местный бюджет", "Local budget"),
                                "amount",
                                figure("700000.00", budget + "@1")),
                        object(
                                "kind",
                                "community",
                                "name",
                                texts("Элдин салымы", "Взносы жителей", "Residents"),
                                "amount",
                                figure(over ? "800000.00" : "200000.00", budget + "@1"))),
                "entries",
                3);
    }

    private static Map<String, Object> reports(boolean none, boolean late) {
        if (none) {
            return object("due", List.of(), "overdue", 0, "published", object("items", List.of()));
        }
        return object(
                "due",
                List.of(
                        due("2025-Q2", "2025-07-30", "published"),
                        due("2025-Q3", "2025-10-30", "published-late"),
                        due("2025-Q4", "2026-01-30", late ? "overdue" : "published"),
                        due("2026-Q1", "2026-04-30", late ? "due" : "published")),
                "overdue",
                late ? 1 : 0,
                "published",
                object(
                        "items",
                        List.of(
                                report(
                                        id('r'),
                                        "2025-Q3",
                                        "substantial",
                                        List.of(
                                                version(
                                                        id('r'),
                                                        0,
                                                        "substantial",
                                                        "2100 метр түтүк төшөлдү, эки көчө туташтырылды.",
                                                        ""),
                                                version(
                                                        id('r'),
                                                        1,
                                                        "substantial",
                                                        "1900 метр түтүк төшөлдү, эки көчө туташтырылды.",
                                                        "Узундук ката эсептелген."))),
                                report(
                                        id('s'),
                                        "2025-Q2",
                                        "not-started",
                                        List.of(version(id('s'), 0, "not-started", "", ""))))));
    }

    /** Everything as long and as many as it may be. */
    static Map<String, Object> heavy() {
        Map<String, Object> record = commitment(HEAVY);
        String long4000 = "Узун сүйлөмдөр менен жазылган отчет. ".repeat(108);
        String long300 = "Өтө узун аталыш ".repeat(18);
        @SuppressWarnings("unchecked")
        Map<String, Object> promise = (Map<String, Object>) record.get("commitment");
        if (promise != null) {
            promise.put("title", text("ky", long300));
            promise.put("description", text("ky", long4000));
        }
        List<Map<String, Object>> milestones = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            milestones.add(milestone("m" + i, long300 + i, "partially-met", "2026-03-01", true));
        }
        record.put("milestones", milestones);
        List<Map<String, Object>> spending = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            spending.add(spending(100 + i, "999999999999.99", long300));
        }
        List<Map<String, Object>> budgets = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            budgets.add(budget(true));
        }
        record.put(
                "money",
                object(
                        "totals",
                        List.of(total("1.00", "2.00", "3.00", "1.00")),
                        "budgets",
                        object("items", budgets, "next", "/x?after=1"),
                        "spending",
                        object(
                                "items",
                                spending,
                                "next",
                                "/api/record/commitments/" + HEAVY + "/spending?after=abc")));
        List<Map<String, Object>> due = new ArrayList<>();
        List<Map<String, Object>> published = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            due.add(due("20" + (14 + i) + "-Q1", "2025-07-30", "overdue"));
            String id = id((char) ('a' + i));
            published.add(
                    report(
                            id,
                            "20" + (14 + i) + "-Q1",
                            "limited",
                            List.of(
                                    version(id, 0, "limited", long4000, ""),
                                    version(id, 1, "limited", long4000, long300),
                                    version(id, 2, "limited", long4000, long300))));
        }
        record.put(
                "reports",
                object("due", due, "overdue", 12, "published", object("items", published)));
        return record;
    }
}
