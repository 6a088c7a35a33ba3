package org.ashar.embedded.wire;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.wire.MongoExceptionHandler;
import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ashar.embedded.journal.Journal;
import org.ashar.embedded.journal.StoreStoppedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the loopback address and serves MongoDB drivers. */
public final class WireServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WireServer.class);
    private static final int EVENT_LOOPS = 2;
    private static final int WORKERS = 16;
    private static final int CLOSE_SECONDS = 10;

    private final EventLoopGroup loops;
    private final ThreadPoolExecutor workers;
    private final ChannelGroup connections;
    private final Journal journal;
    private final Channel listening;

    private WireServer(
            EventLoopGroup loops,
            ThreadPoolExecutor workers,
            ChannelGroup connections,
            Journal journal,
            Channel listening) {
        this.journal = journal;
        this.loops = loops;
        this.workers = workers;
        this.connections = connections;
        this.listening = listening;
    }

    /**
     * Begins to listen.
     *
     * @param port 0 for any free one
     * @throws IOException the port cannot be had
     */
    public static WireServer start(MongoBackend backend, Journal journal, int port)
            throws IOException {
        EventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(
                        EVENT_LOOPS,
                        new DefaultThreadFactory("store-wire", true),
                        NioIoHandler.newFactory());
        ThreadPoolExecutor workers =
                new ThreadPoolExecutor(
                        WORKERS,
                        WORKERS,
                        30,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        new DefaultThreadFactory("store-worker", true));
        workers.allowCoreThreadTimeOut(true);
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.SO_BACKLOG, 256)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    public void initChannel(SocketChannel channel) {
                                        connections.add(channel);
                                        channel.pipeline()
                                                .addLast(new MongoWireReplyEncoder())
                                                .addLast(new MongoWireMessageEncoder())
                                                .addLast(new MessageDecoder())
                                                .addLast(new Connection(backend, journal, workers))
                                                .addLast(new MongoExceptionHandler());
                                    }
                                });
        var bound =
                bootstrap
                        .bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port))
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            workers.shutdown();
            throw new IOException("cannot listen on port " + port, bound.cause());
        }
        return new WireServer(loops, workers, connections, journal, bound.channel());
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Takes no more requests, answers those begun, closes all connections. */
    @Override
    public void close() throws IOException {
        listening.close().awaitUninterruptibly();
        workers.shutdown();
        boolean ended;
        try {
            ended = workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while closing the store", e);
        }
        letAnswersGo();
        connections.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            throw new IOException("a request does not end");
        }
    }

    /** Answers that wait for the disk are told before this one who waits for the same. */
    private void letAnswersGo() {
        try {
            journal.awaitDurable(journal.position(), Duration.ofSeconds(CLOSE_SECONDS));
        } catch (StoreStoppedException e) {
            log.warn("the last requests are not known to be on disk", e);
        }
    }
}
