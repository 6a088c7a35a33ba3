package org.ashar.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.ashar.kernel.StreamId;
import org.ashar.portal.Chromium.Visit;
import org.ashar.portal.StubService.Asked;
import org.ashar.portal.StubService.Reply;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSignature;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.SignedNote;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script that checks a proof, in a real browser: it believes a true proof and nothing else. And
 * what a browser does by itself where it follows the log. That its page is whole, and works without
 * it, is held by {@link AuditPagesTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class VerifyInBrowserIT {

    private static final int DESK = 1_200;
    private static final String FIRST = "/audit/events/" + LedgerStub.event(LedgerStub.PROMISE, 1);

    private final LedgerStub log = LedgerStub.of(47);
    private final StubService ledger = StubService.start(log::answer);
    private RunningPortal portal;
    private Chromium browser;
    private Visit visit;

    @BeforeAll
    void start() {
        Optional<Path> executable = Chromium.executable();
        assumeTrue(executable.isPresent(), "no browser on the PATH");
        portal =
                RunningPortal.start(
                        Map.of(
                                "accountability", ledger.base(),
                                "budget-commitments", ledger.base(),
                                "progress-reports", ledger.base()));
        browser = new Chromium(executable.get(), portal);
        visit = browser.visit(FIRST + "?lang=en", Chromium.reader(DESK).setJavaScriptEnabled(true));
    }

    @BeforeEach
    void behave() {
        ledger.behave(log::answer);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            visit.close();
            browser.close();
            portal.close();
        }
        ledger.close();
    }

    private Page open(String path) {
        visit.page().navigate(portal.at(path).toString());
        return visit.page();
    }

    /** What the page says in the end, by the name of the word. */
    private static String verdict(Page page) {
        page.locator("#verify button").click();
        return outcome(page);
    }

    private static String outcome(Page page) {
        page.waitForCondition(() -> !said(page).equals("running"));
        return said(page);
    }

    private static String said(Page page) {
        return String.valueOf(
                page.evaluate(
                        """
                        [...document.querySelector('#verify template').content.children].find(
                          word => word.textContent === document.querySelector('#verify [role=status]').textContent
                        )?.dataset.word
                        """));
    }

    private static List<String> steps(Page page) {
        return page.locator("#verify ol li").allInnerTexts();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void an_event_in_the_ledger_is_found_to_be_there(int index) {
        List<StreamId> streams =
                List.of(
                        LedgerStub.PROMISE,
                        LedgerStub.PROMISE,
                        LedgerStub.BUDGET,
                        LedgerStub.HOSTILE,
                        LedgerStub.LARGE);
        Page page =
                open(
                        "/audit/events/"
                                + LedgerStub.event(streams.get(index), index == 1 ? 2 : 1)
                                + "?lang=en");
        assertThat(verdict(page)).isEqualTo("good");
        List<String> steps = steps(page);
        assertThat(steps).hasSize(5 + log.proof(index).path().size());
        assertThat(steps.get(3 + log.proof(index).path().size()))
                .endsWith(Checkpoint.parse(log.checkpoint().text()).orThrow().root().base64());
        List<String> shown = page.locator("#proof ~ .climb li code:last-child").allInnerTexts();
        assertThat(page.locator("#verify ol li.step code:last-child").allInnerTexts())
                .isEqualTo(shown);
        assertThat(visit.complaints()).isEmpty();
    }

    /** Changes one kind of answer that the script gets; the page itself was made of true ones. */
    private String after(Page page, String answers, UnaryOperator<String> change) {
        ledger.behave(
                asked -> {
                    Reply reply = log.answer(asked);
                    return asked.uri().endsWith(answers)
                            ? new Reply(reply.status(), reply.headers(), change.apply(reply.body()))
                            : reply;
                });
        return verdict(page);
    }

    private static void assertRefused(Page page, String verdict, String reason) {
        assertThat(verdict).isEqualTo("bad");
        assertThat(page.locator("#verify [role=status]").getAttribute("class"))
                .isEqualTo("notice bad");
        assertThat(page.locator("#verify ol li.bad").count()).isOne();
        assertThat(steps(page).getLast()).isEqualTo(word(page, reason));
    }

    private static String word(Page page, String name) {
        return String.valueOf(
                page.evaluate(
                        "name => document.querySelector('#verify template').content"
                                + ".querySelector(`[data-word=${name}]`).textContent",
                        name));
    }

    @Test
    void a_flipped_bit_in_the_content_is_noticed() {
        Page page = open(FIRST + "?lang=en");
        UnaryOperator<String> flipped = entry -> entry.replace("Clean", "Cleao");
        assertRefused(page, after(page, "/entries/0", flipped), "not-leaf");
        forge(page, "leaf", Hash.leaf(flipped.apply(log.entry(0)).getBytes(UTF_8)).base64());
        assertRefused(page, verdict(page), "not-root");
    }

    /** As a page would say that tells the same lie as the answers. */
    private static void forge(Page page, String name, String value) {
        page.evaluate(
                "([name, value]) => { document.getElementById('verify').dataset[name] = value; }",
                List.of(name, value));
    }

    @Test
    void the_content_of_another_event_is_noticed() {
        Page page = open(FIRST + "?lang=en");
        assertRefused(page, after(page, "/entries/0", _ -> log.entry(1)), "not-event");
    }

    @Test
    void a_wrong_root_is_noticed() {
        Page page = open(FIRST + "?lang=en");
        String root = Checkpoint.parse(log.checkpoint().text()).orThrow().root().base64();
        assertRefused(
                page,
                after(page, "/proof", proof -> proof.replace(root, Hash.EMPTY.base64())),
                "not-root");
    }

    @Test
    void a_wrong_index_is_noticed() {
        Page page = open(FIRST + "?lang=en");
        assertRefused(
                page,
                after(page, "/proof", p -> p.replace("\"index\":0", "\"index\":1")),
                "not-index");
        forge(page, "index", "1");
        assertRefused(page, verdict(page), "not-root");
        assertRefused(
                page,
                after(page, "/proof", p -> p.replace("\"index\":0", "\"index\":47")),
                "not-index");
        forge(page, "index", "47");
        assertRefused(page, verdict(page), "not-index");
    }

    @Test
    void a_checkpoint_that_the_log_did_not_sign_is_noticed() {
        Page page = open(FIRST + "?lang=en");
        String text = log.checkpoint().text();
        NoteSigner forger = NoteSigner.of(LedgerStub.ORIGIN, Kind.ED25519, LedgerStub.seed(9));
        String forged = new SignedNote(text, List.of(forger.sign(text, 0))).written();
        assertRefused(page, after(page, "/proof", p -> noted(p, forged)), "not-signature");
        assertRefused(page, after(page, "/ledger/key", _ -> forger.key().vkey()), "not-signature");
        assertRefused(
                page,
                after(page, "/ledger/key", key -> key.replace("ledger.example", "other.example")),
                "not-signature");
        byte[] signature = LedgerStub.SIGNER.sign(text, 0).signature();
        signature[5] ^= 1;
        String spoilt =
                new SignedNote(
                                text,
                                List.of(
                                        new NoteSignature(
                                                LedgerStub.ORIGIN,
                                                LedgerStub.SIGNER.key().id(),
                                                signature)))
                        .written();
        assertRefused(page, after(page, "/proof", p -> noted(p, spoilt)), "not-signature");
        String others =
                new SignedNote(text, List.of(log.checkpoint().signatures().getLast())).written();
        assertRefused(page, after(page, "/proof", p -> noted(p, others)), "not-signature");
    }

    /** The root alone does not tell: a path must be as long as the size makes it. */
    @ParameterizedTest
    @ValueSource(longs = {20, 100})
    void a_size_that_the_path_does_not_fit_is_noticed(long size) {
        Page page = open(FIRST + "?lang=en");
        Checkpoint real = Checkpoint.parse(log.checkpoint().text()).orThrow();
        String text = new Checkpoint(real.origin(), size, real.root()).text();
        String signed = new SignedNote(text, List.of(LedgerStub.SIGNER.sign(text, 0))).written();
        assertRefused(page, after(page, "/proof", p -> noted(p, signed)), "not-root");
    }

    private String noted(String proof, String note) {
        return proof.replace(quoted(log.checkpoint().written()), quoted(note));
    }

    private static String quoted(String text) {
        return Fixtures.json(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[]", "{\"index\":0,\"checkpoint\":\"a\\n\\nb\"}"})
    void what_is_no_proof_proves_nothing(String proof) {
        Page page = open(FIRST + "?lang=en");
        assertRefused(page, after(page, "/proof", _ -> proof), "not-form");
    }

    @Test
    void a_realproof_is_believed_and_no_other_whatever_the_size_of_the_tree() {
        Page page = open(FIRST + "?lang=en");
        Random random = new Random(8);
        AtomicReference<LedgerStub> tree = new AtomicReference<>(log);
        AtomicReference<UnaryOperator<String>> change =
                new AtomicReference<>(UnaryOperator.identity());
        ledger.behave(asked -> changed(tree.get().answer(asked), asked, change.get()));
        for (int round = 0; round < 25; round++) {
            LedgerStub grown = LedgerStub.of(5 + random.nextInt(60));
            tree.set(grown);
            int index = random.nextInt(grown.size());
            String event = grown.id(index);
            forge(page, "event", event);
            forge(page, "index", Integer.toString(index));
            forge(page, "leaf", Hash.leaf(grown.entry(index).getBytes(UTF_8)).base64());
            forge(page, "entry", "/api/ledger/entries/" + index);
            forge(page, "proof", "/api/ledger/events/" + event + "/proof");
            change.set(UnaryOperator.identity());
            assertThat(verdict(page)).as("%d of %d", index, grown.size()).isEqualTo("good");
            List<String> path =
                    new ArrayList<>(grown.proof(index).path().stream().map(Hash::base64).toList());
            spoil(path, random);
            change.set(
                    proof ->
                            proof.replaceFirst(
                                    "\"path\":\\[[^]]*]", "\"path\":" + Fixtures.json(path)));
            assertThat(verdict(page)).as("%d of %d", index, grown.size()).isEqualTo("bad");
        }
        assertThat(visit.complaints()).isEmpty();
    }

    private static Reply changed(Reply reply, Asked asked, UnaryOperator<String> change) {
        return asked.uri().endsWith("/proof")
                ? new Reply(reply.status(), reply.headers(), change.apply(reply.body()))
                : reply;
    }

    private static void spoil(List<String> path, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> path.removeLast();
            case 1 -> path.removeFirst();
            case 2 -> path.add(Hash.EMPTY.base64());
            case 3 -> path.addFirst(Hash.EMPTY.base64());
            default -> {
                int at = random.nextInt(path.size());
                byte[] hash = Base64.getDecoder().decode(path.get(at));
                hash[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
                path.set(at, Hash.of(hash).base64());
            }
        }
    }

    @Test
    void a_ledger_that_does_not_answer_is_not_called_a_liar() {
        Page page = open(FIRST + "?lang=en");
        ledger.behave(_ -> new Reply(503, Map.of(), ""));
        page.locator("#verify button").click();
        assertThat(outcome(page)).isEqualTo("unreachable");
        assertThat(page.locator("#verify .bad").count()).isZero();
    }

    @Test
    void a_browser_without_ed25519_says_that_the_signature_was_not_checked() {
        Page page = open(FIRST + "?lang=en");
        page.evaluate(
                "() => { SubtleCrypto.prototype.importKey = () => Promise.reject("
                        + "new DOMException('no', 'NotSupportedError')); }");
        assertThat(verdict(page)).isEqualTo("unsigned");
        assertThat(page.locator("#verify [role=status]").getAttribute("class"))
                .as("it does not look as if all were well")
                .isEqualTo("notice going");
        assertThat(steps(page).getLast()).isEqualTo(word(page, "unknown-signature"));
    }

    @Test
    void over_plain_http_it_is_said_why_nothing_can_be_checked() {
        Page page = visit.page();
        Pattern elsewhere = Pattern.compile("http://ashar\\.example/.*");
        page.route(
                elsewhere,
                route -> {
                    String path = URI.create(route.request().url()).getRawPath();
                    HttpResponse<String> answer = portal.get(path);
                    route.fulfill(
                            new FulfillOptions()
                                    .setBody(answer.body())
                                    .setContentType(
                                            answer.headers()
                                                    .firstValue("Content-Type")
                                                    .orElse("")));
                });
        page.navigate("http://ashar.example" + FIRST);
        assertThat(said(page)).isEqualTo("insecure");
        assertThat(page.locator("#verify button").isVisible()).isFalse();
        page.unroute(elsewhere);
    }

    @Test
    void without_a_script_the_page_says_so_and_offers_no_button() {
        try (Visit plain = browser.visit(FIRST + "?lang=ru", Chromium.reader(DESK))) {
            assertThat(plain.page().locator("#verify button").isVisible()).isFalse();
            assertThat(plain.page().locator("#verify .without").innerText()).contains("JavaScript");
            assertThat(plain.page().locator("#verify [role=status]").isVisible()).isFalse();
        }
    }

    @Test
    void a_keyboard_starts_it_and_a_screen_reader_hears_how_it_ends() {
        Page page = open(FIRST + "?lang=ar");
        Locator button = page.locator("#verify button");
        assertThat(page.locator("#verify .without").isVisible()).isFalse();
        button.focus();
        page.keyboard().press("Enter");
        assertThat(outcome(page)).isEqualTo("good");
        assertThat(button.evaluate("b => b === document.activeElement")).isEqualTo(true);
        Locator status = page.locator("#verify [role=status]");
        assertThat(status.innerText()).contains("صحيح");
        assertThat(status.evaluate("s => getComputedStyle(s).direction")).isEqualTo("rtl");
        assertThat(page.locator("#verify code:not([dir=ltr])").count()).isZero();
        assertThat(page.evaluate("document.scrollingElement.scrollWidth"))
                .isEqualTo(page.evaluate("innerWidth"));
    }

    @Test
    void a_live_page_asks_again_by_itself_and_stops_when_told() {
        try (Visit live = browser.visit("/audit?live=1&lang=en", Chromium.reader(DESK))) {
            Page page = live.page();
            page.waitForRequest(request -> request.url().contains("/audit?live=1"), () -> {});
            page.locator(".live a").click();
            page.waitForURL(url -> !url.contains("live"));
            assertThat(page.locator(".live a").innerText()).contains("up to date");
        }
    }

    @Test
    void a_page_that_follows_the_log_outlives_a_stop_of_the_ledger() throws Exception {
        Page page = open(FIRST + "?lang=en");
        ledger.stop();
        page.evaluate(
                """
                () => {
                  window.refused = 0;
                  window.source = new EventSource('/api/ledger/stream');
                  window.source.onerror = () => { window.refused++; };
                  window.source.onmessage = event => { window.told = event.lastEventId; };
                }
                """);
        page.waitForFunction("() => window.refused > 0");
        assertThat(page.evaluate("() => window.source.readyState")).as("CONNECTING").isEqualTo(0);
        ledger.behave(
                _ ->
                        new Reply(
                                200,
                                Map.of("Content-Type", "text/event-stream"),
                                "id: 41\ndata: {}\n\n"));
        ledger.restart();
        page.waitForFunction("() => window.told === '41'");
        page.evaluate("() => window.source.close()");
    }
}
