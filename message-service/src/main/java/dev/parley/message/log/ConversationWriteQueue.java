package dev.parley.message.log;

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
 * The queue in front of one conversation. Drafts leave it in the order in which they came, and those that wait while a
 * write is under way go together in the next. Any thread may append; one batch at a time is being written.
 */
final class ConversationWriteQueue {

    /** A draft that waits for its place, and who waits for the message. */
    record Append(NewMessage draft, Sinks.One<Message> result) {}

    interface Writer {
        /** Stores the drafts in their order and answers each. Never fails. */
        Mono<Void> write(ConversationWriteQueue lane, List<Append> batch);
    }

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final Duration CATCH_UP_DELAY = Duration.ofSeconds(1);

    private final String conversationId;
    private final Writer writer;
    private final int maxBatch;
    private final int maxQueued;
    private final ArrayDeque<Append> queue = new ArrayDeque<>();
    private boolean writing;

    /** The end of the conversation; null if it must be asked for. */
    private volatile @Nullable LogEnd head;

    /** Whether messages of this conversation may be stored and not published, and from when to try again (nano time). */
    private volatile boolean behind = true;

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

    /** The end of the conversation, if it is known. */
    @Nullable LogEnd head() {
        return head;
    }

    void found(LogEnd newHead) {
        head = newHead;
    }

    /** Others write in this conversation too: ask for the head before the next write, and publish what they left. */
    void forgetHead() {
        head = null;
        behind = true;
    }

    /** A message was not published: those after it have to wait for it. */
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
    Mono<Message> append(NewMessage draft) {
        Append append = new Append(draft, Sinks.one());
        boolean idle;
        synchronized (queue) {
            if (queue.size() >= maxQueued) {
                return Mono.error(ApiException.retryLater(
                        MessageError.CONVERSATION_BUSY, "Too many messages are waiting here", TRY_AGAIN));
            }
            queue.add(append);
            idle = !writing;
            writing = true;
        }
        if (idle) {
            writeNext();
        }
        return append.result().asMono();
    }

    private void writeNext() {
        List<Append> batch = new ArrayList<>();
        synchronized (queue) {
            while (!queue.isEmpty() && batch.size() < maxBatch) {
                batch.add(queue.poll());
            }
            if (batch.isEmpty()) {
                writing = false;
                return;
            }
        }
        writer.write(this, batch).subscribe(nothing -> {}, failure -> failed(batch, failure), this::writeNext);
    }

    private void failed(List<Append> batch, Throwable failure) {
        forgetHead();
        batch.forEach(append -> append.result().tryEmitError(failure));
        writeNext();
    }
}
