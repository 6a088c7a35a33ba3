package org.ashar.accountability.witness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ashar.kernel.Checked;
import org.ashar.tlog.AddCheckpoint;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteSignature;

/** One witness over HTTP (C2SP tlog-witness). Time and answers are bounded; nothing is believed. */
final class WitnessClient {

    private static final int LARGEST_ANSWER = 16 * 1024;

    private final HttpClient http;
    private final URI address;
    private final NoteKey key;
    private final Duration within;

    /**
     * @param address its submission prefix, which ends in a slash
     * @param within how long an answer may take, all of it
     */
    WitnessClient(HttpClient http, URI address, NoteKey key, Duration within) {
        this.http = http;
        this.address = address.resolve("add-checkpoint");
        this.key = key;
        this.within = within;
    }

    /** Asks for a cosignature. */
    Reply ask(AddCheckpoint asked) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .POST(BodyPublishers.ofByteArray(asked.written()))
                        .build();
        // A limit of the request's own would end with the headers: a body may come for ever.
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return read(asked, sent.get(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Reply.Useless("no answer within " + within);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException) {
                return new Reply.Useless("no answer: " + cause.getClass().getSimpleName());
            }
            throw new IllegalStateException("a witness could not be asked", e);
        } finally {
            sent.cancel(true);
        }
    }

    private Reply read(AddCheckpoint asked, HttpResponse<byte[]> answer) {
        return switch (answer.statusCode()) {
            case 200 ->
                    switch (asked.checkpoint().cosignature(answer.body(), key)) {
                        case Checked.Valid<NoteSignature>(NoteSignature cosignature) ->
                                new Reply.Cosigned(cosignature);
                        case Checked.Invalid<NoteSignature>(String code, Map<String, String> _) ->
                                new Reply.Useless("no cosignature by its key (" + code + ")");
                    };
            case 409 -> {
                String size = new String(answer.body(), US_ASCII);
                yield size.matches("(0|[1-9][0-9]{0,17})\n")
                        ? new Reply.OtherSize(Long.parseLong(size.strip()))
                        : new Reply.Useless("409 without a size");
            }
            default -> new Reply.Useless("it answered " + answer.statusCode());
        };
    }
}
