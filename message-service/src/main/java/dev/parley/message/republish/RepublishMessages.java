package dev.parley.message.republish;

import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.UserSummary;
import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.store.ChangedMessages;
import dev.parley.message.store.Message;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.identity.UserDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Publishes again that messages were sent, edited and deleted, as they are now, conversation by conversation and in the order of {@code seq}. For
 * those who follow the events, when Kafka lost some or when their own store went back: whoever knows of a message changes nothing. A portion at
 * a time, so that whoever asks can go on after a failure where it was.
 */
@Component
public final class RepublishMessages {

    /** Messages that are looked at together; that many are in memory at most. */
    private static final int STRETCH = 500;

    private static final int MAX_CONVERSATIONS = 100;

    /**
     * Where a portion ends.
     *
     * @param conversationId the last conversation that was looked at
     * @param seq how far in it
     */
    public record Place(String conversationId, long seq) {

        /** Before the first conversation. */
        public static final Place START = new Place("", Long.MAX_VALUE);
    }

    /**
     * What was published.
     *
     * @param messages how many messages' events
     * @param next where the next portion begins; null after the last one
     */
    public record Portion(long messages, @Nullable Place next) {}

    /** @param looked how many conversations, and stretches of long ones, were looked at */
    private record Progress(
            long messages, int looked, @Nullable Place place) {}

    private final ChangedMessages messages;
    private final MessageEncryption encryption;
    private final UserDirectory users;
    private final EventCodec codec;
    private final EventPublisher publisher;

    RepublishMessages(
            ChangedMessages messages,
            MessageEncryption encryption,
            UserDirectory users,
            EventCodec codec,
            EventPublisher publisher) {
        this.messages = messages;
        this.encryption = encryption;
        this.users = users;
        this.codec = codec;
        this.publisher = publisher;
    }

    /**
     * @param since of messages that were sent and did not change since before, nothing is published
     * @param after where the portion before ended
     */
    public Mono<Portion> publish(Instant since, Place after) {
        return Mono.just(new Progress(0, 0, after))
                .expand(done -> goesOn(done) ? step(since, done) : Mono.empty())
                .last()
                .map(done -> new Portion(done.messages(), done.place()));
    }

    private static boolean goesOn(Progress done) {
        return done.place() != null && done.looked() < MAX_CONVERSATIONS && done.messages() < STRETCH;
    }

    /** The next stretch of the same conversation, or the first one of the next conversation. */
    private Mono<Progress> step(Instant since, Progress done) {
        Place from = Objects.requireNonNull(done.place());
        return messages.end(from.conversationId())
                .filter(end -> end > from.seq())
                .map(end -> from)
                .switchIfEmpty(messages.conversationAfter(from.conversationId()).map(id -> new Place(id, 0)))
                .flatMap(begin -> publishStretch(since, begin)
                        .map(count -> new Progress(
                                done.messages() + count,
                                done.looked() + 1,
                                new Place(begin.conversationId(), begin.seq() + STRETCH))))
                .defaultIfEmpty(new Progress(done.messages(), done.looked(), null));
    }

    private Mono<Integer> publishStretch(Instant since, Place begin) {
        return messages.since(since, begin.conversationId(), begin.seq(), begin.seq() + STRETCH)
                .collectList()
                .flatMap(found -> found.isEmpty() ? Mono.just(0) : publish(begin.conversationId(), found));
    }

    private Mono<Integer> publish(String conversationId, List<Message> found) {
        String tenantId = found.get(0).tenantId();
        return users.find(found.stream().map(Message::senderId).collect(Collectors.toSet()), tenantId)
                .zipWith(encryption.of(conversationId))
                .flatMap(known -> publisher.publish(found.stream()
                        .flatMap(message -> {
                            MessageSnapshot snapshot =
                                    known.getT2().seal(message.snapshot(sender(message, known.getT1())));
                            return events(message, snapshot).stream();
                        })
                        .toList()))
                .thenReturn(found.size());
    }

    private static UserSummary sender(Message message, Map<String, UserSummary> known) {
        return known.getOrDefault(message.senderId(), UserDirectory.unknown(message.senderId()));
    }

    private List<PendingEvent> events(Message message, MessageSnapshot snapshot) {
        List<PendingEvent> events = new ArrayList<>();
        events.add(event(message, new MessageCreated(snapshot, message.sender().clientId())));
        if (message.isDeleted()) {
            // Who deleted it is not kept; nobody who counts or lists asks for it.
            events.add(event(message, new MessageDeleted(snapshot, message.senderId())));
        } else if (message.changes() != null && message.changes().editedAt() != null) {
            events.add(event(message, new MessageEdited(snapshot)));
        }
        return events;
    }

    private PendingEvent event(Message message, ConversationEvent event) {
        return codec.pending(event, message.seq(), message.createdAt());
    }
}
