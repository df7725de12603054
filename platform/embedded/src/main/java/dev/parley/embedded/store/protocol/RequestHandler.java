package dev.parley.embedded.store.protocol;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import de.bwaldvogel.mongo.wire.message.MongoReply;
import dev.parley.embedded.store.authentication.Authentication;
import dev.parley.embedded.store.error.StoreError;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one connection. Each runs on a worker thread, so the disk never holds up an event loop. */
final class RequestHandler extends SimpleChannelInboundHandler<ClientRequest> {

    private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

    private final AtomicInteger replies = new AtomicInteger();
    private final MongoBackend backend;
    private final SerialExecutor serial = new SerialExecutor();
    private final Authentication authentication;
    private final RequestExecutors executors;

    RequestHandler(MongoBackend backend, Authentication authentication, RequestExecutors executors) {
        this.backend = backend;
        this.authentication = authentication;
        this.executors = executors;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ClientRequest request) {
        serial.execute(executors.forCommand(commandOf(request)), () -> {
            try {
                Object answer = answer(request);
                if (!(request instanceof ProtocolDecoder.Unanswered)) {
                    context.channel().writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
                }
            } catch (Throwable failure) {
                // Even after an error of the JVM the client must not wait for ever.
                context.close();
                throw failure;
            }
        });
    }

    private static String commandOf(ClientRequest request) {
        return request instanceof MongoMessage message && !message.getDocument().isEmpty()
                ? message.getDocument().keySet().iterator().next()
                : "";
    }

    private Object answer(ClientRequest request) {
        MessageHeader header =
                new MessageHeader(replies.incrementAndGet(), request.getHeader().getRequestID());
        if (request instanceof MongoMessage message) {
            return new MongoMessage(message.getChannel(), header, handle(() -> handleMessage(message)));
        }
        MongoQuery query = (MongoQuery) request;
        return new MongoReply(header, List.of(handle(() -> handleQuery(query))), 0);
    }

    private Document handleMessage(MongoMessage message) {
        return authentication.handle(commandOf(message), message.getDocument(), () -> backend.handleMessage(message));
    }

    // A driver sends only its first greeting in the old form, as a query on $cmd.
    private Document handleQuery(MongoQuery query) {
        Document command = query.getQuery().get("$query") instanceof Document inner ? inner : query.getQuery();
        if (!query.getCollectionName().equals("$cmd")) {
            throw StoreError.notSupported("OP_QUERY");
        }
        String name = command.keySet().iterator().next();
        return authentication.handle(
                name, command, () -> backend.handleCommand(query.getChannel(), query.getDatabaseName(), name, command));
    }

    private interface Work {
        Document run();
    }

    private static Document handle(Work work) {
        try {
            return work.run();
        } catch (MongoServerError e) {
            log.debug("Refused a command: {}", e.getMessage());
            return reply(e.getCode(), e.getCodeName(), e.getMessageWithoutErrorCode());
        } catch (MongoServerException e) {
            return reply(StoreError.NOT_IMPLEMENTED, e.getMessageWithoutErrorCode());
        } catch (RuntimeException e) {
            log.error("A command failed", e);
            return reply(StoreError.INTERNAL_ERROR, String.valueOf(e));
        }
    }

    private static Document reply(StoreError error, String message) {
        return reply(error.code(), error.codeName(), message);
    }

    private static Document reply(int code, String codeName, String message) {
        return new Document("ok", 0.0)
                .append("errmsg", message)
                .append("code", code)
                .append("codeName", codeName);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        backend.handleClose(context.channel());
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.warn("Closing a client's connection that failed: {}", String.valueOf(cause));
        context.close();
    }
}
