package dev.parley.media.tus;

import java.time.Duration;
import java.util.function.Predicate;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.SynchronousSink;

/**
 * The body of a request that is stored while it comes. What came before it broke off is good: so it ends as if it was whole,
 * and says afterwards how it ended.
 */
final class ArrivingContent {

    /** How a body ended. */
    enum End {
        WHOLE,
        /** The client left. */
        BROKEN_OFF,
        /** More came than the upload lacks; what is too much is thrown away. */
        TOO_LONG,
        /** Nothing came for too long, or somebody else wants to go on with the upload. */
        STOPPED
    }

    /** Buffers that wait for the store of contents. */
    private static final int MAX_WAITING = 16;

    private final Flux<DataBuffer> buffers;
    private final long longest;
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private volatile long came;
    private volatile End end = End.WHOLE;

    /** @param longest bytes */
    ArrivingContent(Flux<DataBuffer> body, long longest) {
        this.longest = longest;
        this.buffers = body.<DataBuffer>handle(this::take)
                .onErrorResume(failure -> {
                    end = failure == TooLong.INSTANCE ? End.TOO_LONG : End.BROKEN_OFF;
                    return Flux.empty();
                })
                .takeUntilOther(stop.asMono())
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
    }

    private void take(DataBuffer buffer, SynchronousSink<DataBuffer> sink) {
        long more = came + buffer.readableByteCount();
        if (more > longest) {
            DataBufferUtils.release(buffer);
            sink.error(TooLong.INSTANCE);
        } else {
            came = more;
            sink.next(buffer);
        }
    }

    /** All of it. */
    Flux<DataBuffer> buffers() {
        return buffers;
    }

    /** All of it, in parts that end after so many bytes or so much time. */
    Flux<Flux<DataBuffer>> parts(long size, Duration time) {
        return Flux.defer(() -> buffers.windowUntil(new PartEnd(size, time.toNanos()), false, MAX_WAITING));
    }

    /** Ends it here. */
    void stop() {
        end = End.STOPPED;
        stop.tryEmitEmpty();
    }

    /** Bytes that came until now. */
    long came() {
        return came;
    }

    End end() {
        return end;
    }

    private static final class PartEnd implements Predicate<DataBuffer> {

        private final long size;
        private final long nanos;
        private long inPart;
        private long begunAt;

        PartEnd(long size, long nanos) {
            this.size = size;
            this.nanos = nanos;
        }

        @Override
        public boolean test(DataBuffer buffer) {
            long now = System.nanoTime();
            if (inPart == 0) {
                begunAt = now;
            }
            inPart += buffer.readableByteCount();
            boolean ends = inPart >= size || now - begunAt >= nanos;
            if (ends) {
                inPart = 0;
            }
            return ends;
        }
    }

    private static final class TooLong extends RuntimeException {

        static final TooLong INSTANCE = new TooLong();

        TooLong() {
            super("More came than was announced", null, false, false);
        }
    }
}
