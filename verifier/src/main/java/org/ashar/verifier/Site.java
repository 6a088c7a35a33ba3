package org.ashar.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.ashar.kernel.Checked;
import org.ashar.tlog.EntryBundle;
import org.ashar.tlog.Hash;
import org.ashar.tlog.Tile;

/**
 * Reads an installation over HTTP, few requests at a time. What is too large, too slow, elsewhere
 * or not there ends in an exception; who answers that it is busy is asked again, later.
 */
final class Site implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    /** How long one document is waited for, with all attempts. */
    static final Duration WAITED_FOR = Duration.ofSeconds(150);

    /** How many requests are under way at most. */
    static final int AT_ONCE = 8;

    private static final int ATTEMPTS = 5;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 20_000;
    private static final int LARGEST_NOTE = 1 << 20;
    private static final int LARGEST_BUNDLE = Tile.FULL * (2 + EntryBundle.LONGEST_ENTRY);
    private static final int LARGEST_RECORD = 4 << 20;

    private final URI root;
    private final Duration waitedFor;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore requests = new Semaphore(AT_ONCE);
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * What was answered.
     *
     * @param status 200 or 404
     * @param body empty where there is no such tile
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, by whom it was asked for
    record Answer(int status, byte[] body) {}

    /**
     * @param root where the installation is: ends in a slash; the log lies under {@code ledger/}
     * @param waitedFor how long one document is waited for, with all attempts
     */
    Site(URI root, Duration waitedFor) {
        this.root = root;
        this.waitedFor = waitedFor;
    }

    byte[] key() throws BrokenLogException, IOException, InterruptedException {
        return now(begin(() -> found("ledger/key", LARGEST_NOTE)));
    }

    byte[] checkpoint() throws BrokenLogException, IOException, InterruptedException {
        return now(begin(() -> found("ledger/checkpoint.latest", LARGEST_NOTE)));
    }

    /** The newest checkpoint that witnesses cosigned. */
    byte[] cosigned() throws BrokenLogException, IOException, InterruptedException {
        return now(begin(() -> found("ledger/checkpoint", LARGEST_NOTE)));
    }

    /** A tile of hashes or a bundle of entries. */
    byte[] tile(Tile tile) throws IOException, InterruptedException {
        int largest = tile.level() == Tile.ENTRIES ? LARGEST_BUNDLE : tile.width() * Hash.SIZE;
        Answer answer = read("ledger/" + tile.path(), largest);
        if (answer.status() == 404 && tile.width() < Tile.FULL) {
            // A log may drop what was partial once it is full, and began with just that.
            return beginning(tile, tile(new Tile(tile.level(), tile.index(), Tile.FULL)));
        }
        return found(answer, tile.path());
    }

    private static byte[] beginning(Tile tile, byte[] full) {
        if (tile.level() != Tile.ENTRIES) {
            return Arrays.copyOf(full, tile.width() * Hash.SIZE);
        }
        return EntryBundle.parse(full, Tile.FULL)
                        instanceof Checked.Valid<List<byte[]>>(List<byte[]> entries)
                ? EntryBundle.of(entries.subList(0, tile.width()))
                : full;
    }

    /** A document of the public record, at its address without the first slash. */
    Answer record(String address) throws IOException, InterruptedException {
        return read(address, LARGEST_RECORD);
    }

    /** Begins a task that reads; {@link #now} waits for it. */
    <T> Future<T> begin(Callable<T> task) {
        return readers.submit(task);
    }

    /** Waits for what was begun. */
    <T> T now(Future<T> begun) throws BrokenLogException, IOException, InterruptedException {
        try {
            return begun.get(waitedFor.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BrokenLogException broken) {
                throw broken;
            }
            throw e.getCause() instanceof IOException failed
                    ? failed
                    : new IOException("this program has a mistake: " + e.getCause(), e);
        } catch (TimeoutException e) {
            begun.cancel(true);
            throw new IOException("no whole answer within " + waitedFor.toSeconds() + " s", e);
        }
    }

    /** Lets time pass; ends early when the site is closed. */
    void pause(long millis) throws InterruptedException {
        if (closed.await(millis, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("closed");
        }
    }

    private byte[] found(String path, int largest) throws IOException, InterruptedException {
        return found(read(path, largest), path);
    }

    private static byte[] found(Answer answer, String path) throws IOException {
        if (answer.status() != 200) {
            throw new IOException(
                    path.startsWith("ledger/")
                            ? "there is no "
                                    + path
                                    + ": is that the address of the installation, and has its log"
                                    + " an event?"
                            : path + " was answered " + answer.status());
        }
        return answer.body();
    }

    private Answer read(String path, int largest) throws IOException, InterruptedException {
        URI address = root.resolve(path);
        if (!root.getRawAuthority().equals(address.getRawAuthority())) {
            throw new IOException(path + " leads elsewhere");
        }
        IOException last = new IOException("never asked");
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            long pause = FIRST_PAUSE_MILLIS << attempt;
            try {
                requests.acquire();
                try {
                    return once(address, largest);
                } finally {
                    requests.release();
                }
            } catch (BusyException e) {
                last = e;
                pause = Math.clamp(e.pauseMillis, pause, LONGEST_PAUSE_MILLIS);
            } catch (FinalException e) {
                throw e;
            } catch (IOException e) {
                last = new IOException(address + ": " + InWords.of(e), e);
            }
            if (attempt < ATTEMPTS) {
                pause(pause);
            }
        }
        throw last;
    }

    private Answer once(URI address, int largest) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(WITHIN).header("Accept-Encoding", "gzip");
        boolean isTile = address.getPath().contains("/ledger/tile/");
        if (!isTile) {
            request.header("Cache-Control", "no-cache"); // all but tiles changes
        }
        HttpResponse<InputStream> answer =
                client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream raw = answer.body()) {
            int status = answer.statusCode();
            if (status == 429 || status >= 500) {
                throw new BusyException(address, status, retryAfterMillis(answer));
            }
            if (status != 200 && status != 404) {
                throw new FinalException(address + " answered " + status);
            }
            if (status == 404 && isTile) {
                return new Answer(status, new byte[0]); // a page, larger than a tile may be
            }
            byte[] body = unpacked(address, answer, raw).readNBytes(largest + 1);
            if (body.length > largest) {
                throw new FinalException(address + " answers more than " + largest + " bytes");
            }
            return new Answer(status, body);
        }
    }

    private static InputStream unpacked(URI address, HttpResponse<?> answer, InputStream raw)
            throws IOException {
        String coding = String.join(", ", answer.headers().allValues("Content-Encoding"));
        return switch (coding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> raw;
            case "gzip", "x-gzip" -> new GZIPInputStream(raw);
            default -> throw new FinalException(address + " answers in the coding " + coding);
        };
    }

    private static long retryAfterMillis(HttpResponse<?> answer) {
        String seconds = answer.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("[0-9]{1,6}")
                ? TimeUnit.SECONDS.toMillis(Long.parseLong(seconds))
                : 0;
    }

    @Override
    public void close() {
        closed.countDown();
        readers.shutdownNow();
        client.shutdownNow();
    }

    /** Asked again, it may answer. */
    private static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;
        private final long pauseMillis;

        BusyException(URI address, int status, long pauseMillis) {
            super(address + " answered " + status);
            this.pauseMillis = pauseMillis;
        }
    }

    /** Asked again, it would answer the same. */
    private static final class FinalException extends IOException {
        private static final long serialVersionUID = 1L;

        FinalException(String message) {
            super(message);
        }
    }
}
