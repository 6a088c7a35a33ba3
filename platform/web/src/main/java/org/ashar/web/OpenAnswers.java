package org.ashar.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Answers that go on after their request was handled, such as streams of events. Each has a virtual
 * thread of its own and no place among the requests at once.
 *
 * <p>Guarantee: there are never more than {@code most}; one on which nothing is written for {@code
 * silence} is ended, and so is one whose reader does not take what is written within the server's
 * time limit; all are ended before the server waits for requests to end. Whoever writes them must
 * end on an interrupt, and let readers go on elsewhere from where they were.
 */
public final class OpenAnswers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OpenAnswers.class);

    private final Semaphore places;
    private final Duration silence;
    private final Set<Answer> answers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("open-answers").factory());
    private volatile boolean isOpen;

    /**
     * @param most answers at once
     * @param silence how long one may go without anything being written, at least a second
     */
    public OpenAnswers(int most, Duration silence) {
        this.places = new Semaphore(most);
        this.silence = silence;
        Future<?> _ =
                watch.scheduleWithFixedDelay(
                        this::endSilent, silence.toMillis(), 1_000, TimeUnit.MILLISECONDS);
    }

    /** What writes an answer. */
    @FunctionalInterface
    public interface Writer {

        /** Returns, or throws, when the answer is at its end. */
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    /** Whether there is a place for one more, which {@link #begin} or {@link #leave} gives back. */
    public boolean enter() {
        return isOpen && places.tryAcquire();
    }

    /** How many there are. */
    public int count() {
        return answers.size();
    }

    /** Gives back a place that was entered for nothing. */
    public void leave() {
        places.release();
    }

    /** Lets the answer to this request go on; its status and headers stand already. */
    public void begin(HttpServletRequest request, Writer writer) {
        begin(request, writer, () -> {});
    }

    /**
     * The same.
     *
     * @param ended is run once when it has ended, however it did
     */
    public void begin(HttpServletRequest request, Writer writer, Runnable ended) {
        AsyncContext exchange = request.startAsync();
        exchange.setTimeout(0);
        Answer answer = new Answer(exchange, writer, ended);
        exchange.addListener(answer);
        answers.add(answer);
        answer.thread.start();
        if (!isOpen) {
            answer.thread.interrupt();
        }
    }

    private void endSilent() {
        answers.stream()
                .filter(answer -> System.nanoTime() - answer.wroteAt > silence.toNanos())
                .forEach(answer -> answer.thread.interrupt());
    }

    @Override
    public void start() {
        isOpen = true;
    }

    @Override
    public void stop() {
        isOpen = false;
        watch.shutdown();
        answers.forEach(answer -> answer.thread.interrupt());
    }

    @Override
    public boolean isRunning() {
        return isOpen;
    }

    /**
     * One of them. The server takes an exchange back, for other requests, when its listener has
     * returned from {@link #onError} or {@link #onComplete}; a write that fails still touches it
     * after the server heard of the failure. So the listener waits for a write to return, and
     * nothing touches the exchange behind it.
     */
    private final class Answer implements AsyncListener {

        private final AsyncContext exchange;
        private final Writer writer;
        private final Runnable ended;
        private final Thread thread = Thread.ofVirtual().name("open-answer").unstarted(this::run);
        private boolean hasEnded;
        private volatile long wroteAt = System.nanoTime();

        Answer(AsyncContext exchange, Writer writer, Runnable ended) {
            this.exchange = exchange;
            this.writer = writer;
            this.ended = ended;
        }

        private void run() {
            try {
                writer.write(noticing(out()));
            } catch (IOException e) {
                LOG.debug("The reader of an open answer is gone", e);
            } catch (InterruptedException e) {
                LOG.debug("An open answer is ended", e);
            } finally {
                answers.remove(this);
                places.release();
                ended.run();
                end();
            }
        }

        private OutputStream noticing(OutputStream out) {
            return new FilterOutputStream(out) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    synchronized (Answer.this) {
                        demandOpen();
                        out.write(bytes, from, length);
                        out.flush();
                    }
                    wroteAt = System.nanoTime();
                }
            };
        }

        private synchronized OutputStream out() throws IOException {
            demandOpen();
            return exchange.getResponse().getOutputStream();
        }

        private void demandOpen() throws IOException {
            if (hasEnded) {
                throw new IOException("the server has ended it");
            }
        }

        /** The server ends it by itself where writing failed. */
        private synchronized void end() {
            if (!hasEnded) {
                hasEnded = true;
                exchange.complete();
            }
        }

        private synchronized void over() {
            hasEnded = true;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            over();
        }

        @Override
        public void onError(AsyncEvent event) {
            over();
            thread.interrupt();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // It has none: silence is watched here.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Nobody dispatches it again.
        }
    }
}
