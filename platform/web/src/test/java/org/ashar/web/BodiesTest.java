package org.ashar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BodiesTest {

    /** A byte at a time, each of them soon enough: only the sum of the waits tells. */
    @Test
    void a_body_that_trickles_is_cut_off_when_its_time_is_over() {
        AtomicInteger given = new AtomicInteger();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Bodies.bytes(trickling(given, 1_000_000), Duration.ofNanos(-1)))
                .satisfies(end -> assertThat(end.problem().status()).isEqualTo(408))
                .satisfies(end -> assertThat(end.problem().code()).isEqualTo("request.too-slow"))
                .satisfies(
                        end ->
                                assertThat(end.problem().headers())
                                        .containsEntry("Connection", "close"));
        assertThat(given.get()).isEqualTo(1);
    }

    @Test
    void a_body_that_trickles_in_time_is_read_whole() throws IOException {
        byte[] body = Bodies.bytes(trickling(new AtomicInteger(), 50), Duration.ofMinutes(1));
        assertThat(body).hasSize(50);
    }

    private static HttpServletRequest trickling(AtomicInteger given, int all) {
        ServletInputStream body =
                new ServletInputStream() {
                    @Override
                    public int read() {
                        return given.get() < all ? given.incrementAndGet() & 0x7f : -1;
                    }

                    @Override
                    public int read(byte[] into, int from, int length) {
                        int next = read();
                        if (next >= 0) {
                            into[from] = (byte) next;
                        }
                        return next < 0 ? -1 : 1;
                    }

                    @Override
                    public boolean isFinished() {
                        return given.get() == all;
                    }

                    @Override
                    public boolean isReady() {
                        return true;
                    }

                    @Override
                    public void setReadListener(ReadListener listener) {
                        throw new UnsupportedOperationException();
                    }
                };
        return (HttpServletRequest)
                Proxy.newProxyInstance(
                        BodiesTest.class.getClassLoader(),
                        new Class<?>[] {HttpServletRequest.class},
                        (_, method, _) ->
                                switch (method.getName()) {
                                    case "getInputStream" -> body;
                                    case "getContentLength" -> -1;
                                    case "getContentLengthLong" -> -1L;
                                    case "getHeader" -> null;
                                    default -> throw new AssertionError(method);
                                });
    }
}
