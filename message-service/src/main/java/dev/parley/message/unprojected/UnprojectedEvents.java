package dev.parley.message.unprojected;

import dev.parley.message.store.HiddenMessageStore;
import dev.parley.message.store.MessageStore;
import dev.parley.message.store.MessageStore.PendingMessage;
import dev.parley.platform.event.PendingEvent;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The events of conversations that lists and counts may not show yet: those that still stand on their documents. Each stands
 * there until it is published, and for some time after that.
 */
@Component
public final class UnprojectedEvents {

    /** The newest messages that are looked at, in all conversations together. */
    private static final int MAX_MESSAGES = 1_000;

    private static final String CREATED = "message.created";

    private final MessageStore messages;
    private final HiddenMessageStore hiddenMessages;

    UnprojectedEvents(MessageStore messages, HiddenMessageStore hiddenMessages) {
        this.messages = messages;
        this.hiddenMessages = hiddenMessages;
    }

    /**
     * In the order of each conversation's messages.
     *
     * @param userId whose hidden messages are among them
     * @param known the {@code seq} up to which the messages of each conversation are known; changes of those are among the events
     */
    public Mono<List<PendingEvent>> of(String userId, Map<String, Long> known) {
        return Flux.concat(
                        messages.pending(known.keySet(), MAX_MESSAGES)
                                .flatMapIterable(message -> unknown(message, known)),
                        hiddenMessages.pending(userId, known.keySet()))
                .collectList();
    }

    private static List<PendingEvent> unknown(PendingMessage message, Map<String, Long> known) {
        return message.seq() > known.getOrDefault(message.conversationId(), 0L)
                ? message.events()
                : message.events().stream()
                        .filter(event -> !event.type().equals(CREATED))
                        .toList();
    }
}
