package dev.parley.message.messagelog;

import dev.parley.message.MessageError;
import dev.parley.message.store.Message;
import dev.parley.platform.error.ApiException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The messages that wait to be stored in one conversation. They are stored in the order in which they came. One batch is
 * written at a time; what comes meanwhile goes together in the next batch. Any thread may append.
 */
final class ConversationWriteQueue {

    /** @param result gets the stored message, or the failure */
    record Entry(NewMessage message, Sinks.One<Message> result) {}

    interface Writer {
        /** Stores the messages in their order and emits a result for each. If it fails, so do those without a result. */
        Mono<Void> write(ConversationWriteQueue queue, List<Entry> batch);
    }

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration CATCH_UP_DELAY = Duration.ofSeconds(1);

    private final String conversationId;
    private final Writer writer;
    private final int maxBatch;
    private final int maxQueued;
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private boolean writing;

    /** Null if it must be read from the store. */
    private volatile @Nullable LogEnd end;

    /** Whether there may be stored messages of this conversation that are not published. */
    private volatile boolean behind = true;

    /** When to publish those at the earliest, by {@link System#nanoTime()}. */
    private volatile long catchUpFrom = System.nanoTime();

    ConversationWriteQueue(String conversationId, Writer writer, int maxBatch, int maxQueued) {
        this.conversationId = conversationId;
        this.writer = writer;
        this.maxBatch = maxBatch;
        this.maxQueued = maxQueued;
    }

    String conversationId() {
        return conversationId;
    }

    /** How many messages wait, without those that are being written. */
    int size() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    @Nullable LogEnd end() {
        return end;
    }

    void found(LogEnd newEnd) {
        end = newEnd;
    }

    /** Another instance appends to this conversation too: the end must be read again, and what it left published. */
    void forgetEnd() {
        end = null;
        behind = true;
    }

    /** A message was stored and could not be published: it goes before those after it. */
    void fallBehind() {
        catchUpFrom = System.nanoTime() + CATCH_UP_DELAY.toNanos();
        behind = true;
    }

    boolean isBehind() {
        return behind;
    }

    boolean mayCatchUp() {
        return System.nanoTime() - catchUpFrom >= 0;
    }

    void caughtUp() {
        behind = false;
    }

    /** @return the stored message; fails with {@link MessageError#CONVERSATION_BUSY} if the queue is full */
    Mono<Message> append(NewMessage message) {
        Entry entry = new Entry(message, Sinks.one());
        boolean idle;
        synchronized (waiting) {
            if (waiting.size() >= maxQueued) {
                return Mono.error(ApiException.retryLater(
                        MessageError.CONVERSATION_BUSY, "Too many messages are waiting here", RETRY_AFTER));
            }
            waiting.add(entry);
            idle = !writing;
            writing = true;
        }
        if (idle) {
            writeNext();
        }
        return entry.result().asMono();
    }

    private void writeNext() {
        List<Entry> batch = new ArrayList<>();
        synchronized (waiting) {
            while (!waiting.isEmpty() && batch.size() < maxBatch) {
                batch.add(waiting.poll());
            }
            if (batch.isEmpty()) {
                writing = false;
                return;
            }
        }
        Mono.defer(() -> writer.write(this, batch))
                .subscribe(nothing -> {}, failure -> failed(batch, failure), this::writeNext);
    }

    private void failed(List<Entry> batch, Throwable failure) {
        forgetEnd();
        batch.forEach(entry -> entry.result().tryEmitError(failure));
        writeNext();
    }
}
