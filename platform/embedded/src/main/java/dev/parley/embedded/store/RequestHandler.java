package dev.parley.embedded.store;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import de.bwaldvogel.mongo.wire.message.MongoReply;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one connection, each on a worker thread: the disk never holds up an event loop. */
final class RequestHandler extends SimpleChannelInboundHandler<ClientRequest> {

    private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);
    private static final int INTERNAL_ERROR = 1;
    private static final int NOT_IMPLEMENTED = 238;

    private final AtomicInteger replies = new AtomicInteger();
    private final MongoBackend backend;
    private final InOrder inOrder = new InOrder();
    private final Workers workers;

    RequestHandler(MongoBackend backend, Workers workers) {
        this.backend = backend;
        this.workers = workers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ClientRequest request) {
        inOrder.execute(workers.forCommand(commandOf(request)), () -> {
            try {
                Object answer = answer(request);
                if (!(request instanceof ProtocolDecoder.Unanswered)) {
                    context.channel().writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
                }
            } catch (Throwable failure) {
                // Whoever asked waits for an answer or for the end, however bad it is here.
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
            return new MongoMessage(message.getChannel(), header, handle(() -> backend.handleMessage(message)));
        }
        MongoQuery query = (MongoQuery) request;
        return new MongoReply(header, List.of(handle(() -> handleQuery(query))), 0);
    }

    // Before a driver knows the server it greets it in the old form, as a query on $cmd. Nothing else comes so.
    private Document handleQuery(MongoQuery query) {
        Document command = query.getQuery().get("$query") instanceof Document inner ? inner : query.getQuery();
        if (!query.getCollectionName().equals("$cmd")) {
            throw NotSupported.error("OP_QUERY");
        }
        return backend.handleCommand(
                query.getChannel(),
                query.getDatabaseName(),
                command.keySet().iterator().next(),
                command);
    }

    private interface Work {
        Document run();
    }

    private static Document handle(Work work) {
        try {
            return work.run();
        } catch (MongoServerError e) {
            log.debug("Refused: {}", e.getMessage());
            return error(e.getCode(), e.getCodeName(), e.getMessageWithoutErrorCode());
        } catch (MongoServerException e) {
            return error(NOT_IMPLEMENTED, "NotImplemented", e.getMessageWithoutErrorCode());
        } catch (RuntimeException e) {
            log.error("A command failed", e);
            return error(INTERNAL_ERROR, "InternalError", String.valueOf(e));
        }
    }

    private static Document error(int code, String codeName, String message) {
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
        log.warn("A connection broke: {}", String.valueOf(cause));
        context.close();
    }
}
