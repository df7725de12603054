package dev.parley.presence.engineio;

import dev.parley.presence.transport.CloseReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Long polling: a GET waits for packets from the server, a POST carries packets from the client. */
final class PollingTransport {

    private static final byte[] NOTHING = {};

    private final EngineIoSettings settings;

    PollingTransport(EngineIoSettings settings) {
        this.settings = settings;
    }

    Mono<Void> serve(ServerWebExchange exchange, EngineIoSession session) {
        HttpMethod method = exchange.getRequest().getMethod();
        if (session.outbound().webSocket() != null) {
            throw RequestError.BAD_REQUEST.asException();
        }
        if (method == HttpMethod.GET) {
            return poll(exchange, session);
        }
        if (method == HttpMethod.POST) {
            return post(exchange, session);
        }
        throw RequestError.BAD_REQUEST.asException();
    }

    private Mono<Void> poll(ServerWebExchange exchange, EngineIoSession session) {
        Poll poll = new Poll(session::pollLost);
        session.poll(poll);
        return poll.answer()
                // In the session's loop, so that a thread that sends to many clients does not write all their responses
                // itself.
                .publishOn(Schedulers.fromExecutor(session.loop()))
                .flatMap(frames -> HttpResponses.packets(exchange, frames))
                .doOnCancel(() -> session.pollCancelled(poll))
                .doOnError(error -> session.pollCancelled(poll));
    }

    private Mono<Void> post(ServerWebExchange exchange, EngineIoSession session) {
        if (!session.beginPost()) {
            session.close(CloseReason.PROTOCOL_ERROR);
            throw RequestError.BAD_REQUEST.asException();
        }
        return DataBufferUtils.join(exchange.getRequest().getBody(), session.maxPacketBytes())
                .map(PollingTransport::bytes)
                .defaultIfEmpty(NOTHING)
                .flatMap(payload -> accept(session, text(payload)))
                // Before the response, because the client may post again as soon as it has it.
                .doOnTerminate(session::endPost)
                .doOnCancel(session::endPost)
                .then(Mono.defer(() -> HttpResponses.ok(exchange)))
                .onErrorResume(DataBufferLimitException.class, tooLarge -> {
                    session.close(CloseReason.TOO_LARGE);
                    return HttpResponses.tooLarge(exchange);
                });
    }

    private Mono<Void> accept(EngineIoSession session, @Nullable String payload) {
        List<Object> packets = payload == null ? null : Packets.decode(payload, settings.maxPacketsPerPayload());
        if (packets == null) {
            session.close(CloseReason.PROTOCOL_ERROR);
            return Mono.error(RequestError.BAD_REQUEST.asException());
        }
        return Mono.create(sink -> session.posted(packets, accepted -> {
            if (accepted) {
                sink.success();
            } else {
                sink.error(RequestError.BAD_REQUEST.asException());
            }
        }));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    /** Null if it is not in UTF-8. */
    private static @Nullable String text(byte[] payload) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }
}
