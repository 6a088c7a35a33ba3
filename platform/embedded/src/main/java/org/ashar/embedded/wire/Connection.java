package org.ashar.embedded.wire;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import de.bwaldvogel.mongo.wire.message.MongoReply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ashar.embedded.journal.DamagedStoreException;
import org.ashar.embedded.journal.Journal;
import org.ashar.embedded.journal.StoreStoppedException;
import org.ashar.embedded.journal.Trouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection. Its requests are carried out one after another, each answered before the
 * next begins, on worker threads, so that neither a long query nor a wait for the disk holds up
 * other connections. While requests queue up the socket is not read.
 */
final class Connection extends SimpleChannelInboundHandler<ClientRequest> {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final int SHUTTING_DOWN = 91;
    private static final int DATA_CORRUPTION = 309;

    private final MongoBackend backend;
    private final Journal journal;
    private final Executor workers;
    private final AtomicInteger answers = new AtomicInteger();
    private final Queue<ClientRequest> waiting = new ArrayDeque<>();
    private boolean busy;

    Connection(MongoBackend backend, Journal journal, Executor workers) {
        this.backend = backend;
        this.journal = journal;
        this.workers = workers;
    }

    /** Called on the connection's event loop, as everything that touches the queue. */
    @Override
    protected void channelRead0(ChannelHandlerContext context, ClientRequest request) {
        waiting.add(request);
        if (busy) {
            context.channel().config().setAutoRead(false);
        } else {
            begin(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        waiting.clear();
        backend.handleClose(context.channel());
        super.channelInactive(context);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure reports to the pipeline
    private void begin(ChannelHandlerContext context) {
        ClientRequest request = waiting.poll();
        busy = request != null;
        if (request == null) {
            context.channel().config().setAutoRead(true);
            return;
        }
        try {
            workers.execute(() -> carryOut(context, request));
        } catch (RejectedExecutionException e) {
            log.debug("a request came while the store closes", e);
            context.channel().close();
        }
    }

    /** Whoever cannot be answered sees the connection close, and does not wait for ever. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure reports to the pipeline
    private void carryOut(ChannelHandlerContext context, ClientRequest request) {
        try {
            answer(context, request);
        } catch (RuntimeException | Error e) {
            log.error("a request cannot be answered, its connection is closed", e);
            context.channel().close();
        }
    }

    private void answer(ChannelHandlerContext context, ClientRequest request) {
        Document query =
                request instanceof MongoMessage message ? message.getDocument() : legacy(request);
        String command = query.isEmpty() ? "" : query.keySet().iterator().next();
        Document answer = answer(request, command, query);
        if (Acknowledgement.waitsForDisk(command, query)) {
            journal.whenDurable(
                    journal.position(),
                    problem -> send(context, request, problem == null ? answer : stopped(problem)));
        } else {
            send(context, request, answer);
        }
    }

    /** The old form of a command, which drivers use for their first greeting alone. */
    private static Document legacy(ClientRequest request) {
        Document query = ((MongoQuery) request).getQuery();
        return query.get("$query") instanceof Document wrapped ? wrapped : query;
    }

    private Document answer(ClientRequest request, String command, Document query) {
        try {
            if (request instanceof MongoQuery old && !old.getCollectionName().equals("$cmd")) {
                throw new MongoServerException("queries are sent as commands");
            }
            return backend.handleCommand(
                    request.getChannel(), request.getDatabaseName(), command, query);
        } catch (StoreStoppedException e) {
            return stopped(e);
        } catch (MongoServerException e) {
            log.debug("refused {}", command, e);
            return refused(e);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof DamagedStoreException) {
                return refused(damage());
            }
            log.error("a bug or broken storage met {}", command, e);
            return refused(new MongoServerException("internal error: " + e));
        }
    }

    private static Document stopped(StoreStoppedException reason) {
        return refused(
                new MongoServerError(
                        SHUTTING_DOWN, "ShutdownInProgress", String.valueOf(reason.getMessage())));
    }

    /** The log has it already, with the file's name. */
    private static MongoServerError damage() {
        return new MongoServerError(
                DATA_CORRUPTION, "DataCorruptionDetected", Trouble.DAMAGED.reason());
    }

    private static Document refused(MongoServerException refusal) {
        Document answer = new Document("ok", 0.0);
        answer.put("errmsg", refusal.getMessageWithoutErrorCode());
        if (refusal instanceof MongoServerError error) {
            answer.put("code", error.getCode());
            answer.putIfNotNull("codeName", error.getCodeName());
        }
        return answer;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure reports to the pipeline
    private void send(ChannelHandlerContext context, ClientRequest request, Document answer) {
        context.executor()
                .execute(
                        () -> {
                            Object message = message(request, answer);
                            if (message != null) {
                                context.writeAndFlush(message, context.voidPromise());
                            }
                            begin(context);
                        });
    }

    private @Nullable Object message(ClientRequest request, Document answer) {
        MessageHeader header =
                new MessageHeader(answers.incrementAndGet(), request.getHeader().getRequestID());
        return switch (request) {
            case UnansweredMessage _ -> null;
            case MongoMessage message -> new MongoMessage(message.getChannel(), header, answer);
            default -> new MongoReply(header, answer);
        };
    }
}
