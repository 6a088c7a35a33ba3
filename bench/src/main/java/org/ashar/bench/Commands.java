package org.ashar.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.ashar.bench.load.Load;
import org.ashar.bench.load.Wire;
import tools.jackson.databind.json.JsonMapper;

/** The commands that are measured, on promises and budgets that earlier ones made. */
final class Commands {

    static final int CONNECTIONS = 32;

    private static final byte[] NOTHING = "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private final URI service;
    private final Village village;
    private final String prefix;

    /** Promises by number; what is known of each. */
    private final AtomicReferenceArray<String> promises;

    private final AtomicLongArray promiseVersions;
    private final AtomicReferenceArray<String> budgets;
    private final AtomicLongArray budgetVersions;

    /**
     * @param prefix sets this run's keys and titles apart from every other's
     * @param promises how many promises there will be
     * @param budgets how many of them will have a budget; at least as many as connections, so that
     *     no two commands meet on one budget
     */
    Commands(URI service, Village village, String prefix, int promises, int budgets) {
        this.service = service;
        this.village = village;
        this.prefix = prefix;
        this.promises = new AtomicReferenceArray<>(promises);
        this.promiseVersions = new AtomicLongArray(promises);
        this.budgets = new AtomicReferenceArray<>(budgets);
        this.budgetVersions = new AtomicLongArray(budgets);
    }

    Load.Seen create() {
        return Load.closed(service, CONNECTIONS, promises.length(), this::create);
    }

    Load.Seen publish(int count) {
        return Load.closed(service, CONNECTIONS, count, this::publish);
    }

    /** Proposes, approves and commits the budgets of the first promises. */
    void fund() {
        Load.closed(service, CONNECTIONS, budgets.length(), this::propose);
        Load.closed(
                service,
                CONNECTIONS,
                budgets.length(),
                (wire, n) ->
                        onBudget(wire, n, "council-secretary", "approve", Village.approval(), n));
        Load.closed(
                service,
                CONNECTIONS,
                budgets.length(),
                (wire, n) -> onBudget(wire, n, "finance-officer", "commit", NOTHING, n));
    }

    Load.Seen spend(int from, int count) {
        return Load.closed(
                service,
                CONNECTIONS,
                count,
                (wire, n) ->
                        onBudget(
                                wire,
                                (from + n) % budgets.length(),
                                "finance-officer",
                                "spending",
                                Village.spending(from + n),
                                from + n));
    }

    String promise(int number) {
        String id = promises.get(number);
        if (id == null) {
            throw new IllegalStateException("promise " + number + " was not made");
        }
        return id;
    }

    Wire.Answer publish(Wire wire, int number) throws IOException {
        Wire.Answer answer =
                wire.exchange(
                        "POST",
                        "/api/commitments/" + promise(number) + "/publish",
                        village.headers(
                                "head",
                                number,
                                prefix + "-publish-" + number,
                                promiseVersions.get(number)),
                        NOTHING);
        promiseVersions.set(number, version(answer));
        return answer;
    }

    private Wire.Answer create(Wire wire, int number) throws IOException {
        Wire.Answer answer =
                wire.exchange(
                        "POST",
                        "/api/commitments",
                        village.headers("officer", number, prefix + "-create-" + number),
                        Village.draft("Clean water, " + prefix + " " + number));
        promises.set(number, id(answer));
        promiseVersions.set(number, version(answer));
        return answer;
    }

    private Wire.Answer propose(Wire wire, int number) throws IOException {
        Wire.Answer answer =
                wire.exchange(
                        "POST",
                        "/api/budget-commitments",
                        village.headers("finance-officer", number, prefix + "-propose-" + number),
                        Village.budget(promise(number)));
        budgets.set(number, id(answer));
        budgetVersions.set(number, version(answer));
        return answer;
    }

    private Wire.Answer onBudget(
            Wire wire, int budget, String role, String command, byte[] body, int number)
            throws IOException {
        Map<String, String> headers =
                village.headers(
                        role,
                        budget,
                        prefix + "-" + command + "-" + number,
                        budgetVersions.get(budget));
        Wire.Answer answer =
                wire.exchange(
                        "POST",
                        "/api/budget-commitments/" + budgets.get(budget) + "/" + command,
                        headers,
                        body);
        budgetVersions.set(budget, version(answer));
        return answer;
    }

    private static String id(Wire.Answer answer) {
        return answer.isSuccess()
                ? JsonMapper.shared().readTree(answer.body()).get("id").asString()
                : "";
    }

    private static long version(Wire.Answer answer) {
        String tag = answer.headers().getOrDefault("etag", "\"0\"");
        return Long.parseLong(tag.replace("\"", ""));
    }
}
