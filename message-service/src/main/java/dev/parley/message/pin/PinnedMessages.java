package dev.parley.message.pin;

import dev.parley.message.MessageSettings;
import dev.parley.message.access.ConversationAccess;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.store.HiddenMessageStore;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.security.Caller;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lists the pinned messages of a conversation. */
@Component
public final class PinnedMessages {

    /** How many more pins than the limit are listed: pins of the same moment can pass it by a few. */
    private static final int TOLERANCE = 100;

    private final ConversationAccess conversations;
    private final MessageStore store;
    private final HiddenMessageStore hiddenMessages;
    private final int maxListed;

    PinnedMessages(
            ConversationAccess conversations,
            MessageStore store,
            HiddenMessageStore hiddenMessages,
            MessageSettings settings) {
        this.conversations = conversations;
        this.store = store;
        this.hiddenMessages = hiddenMessages;
        this.maxListed = settings.maxPins() + TOLERANCE;
    }

    /**
     * Those that the caller may see, last pinned first; fails as {@link ConversationAccess#of} does. A former member does not
     * find there what was unpinned since.
     */
    public Mono<List<Message>> list(Caller caller, String conversationId) {
        return conversations.of(caller, conversationId).flatMap(this::visible);
    }

    private Mono<List<Message>> visible(MemberAccess access) {
        return hiddenMessages.of(access.userId(), access.conversationId()).flatMap(hidden -> store.pinned(
                        access.conversationId(), maxListed)
                .filter(message -> access.maySee(message.seq()) && !hidden.contains(message.seq()))
                .map(access.visible()::shown)
                .filter(Message::isPinned)
                .collectList());
    }
}
