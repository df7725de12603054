package dev.parley.message.history;

import dev.parley.message.MessageError;
import dev.parley.message.access.ConversationAccess;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.access.VisibleRanges;
import dev.parley.message.store.HiddenMessageStore;
import dev.parley.message.store.HiddenMessages;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds single messages by their ids, for users who may see them. */
@Component
public final class VisibleMessages {

    /** Up to so many conversations the access is asked for one by one; for more, that to all is asked for at once. */
    private static final int MAX_ASKED_ONE_BY_ONE = 16;

    private final MessageStore store;
    private final ConversationAccess conversations;
    private final HiddenMessageStore hiddenMessages;

    VisibleMessages(MessageStore store, ConversationAccess conversations, HiddenMessageStore hiddenMessages) {
        this.store = store;
        this.conversations = conversations;
        this.hiddenMessages = hiddenMessages;
    }

    /**
     * The message with this id, as the caller sees it.
     *
     * @return fails with {@link MessageError#MESSAGE_NOT_FOUND} if there is none that the caller may see, and as
     *     {@link ConversationAccess#of} if the caller was never a member
     */
    public Mono<VisibleMessage> find(Caller caller, String messageId) {
        return findAlsoHidden(caller, messageId)
                .filterWhen(found -> isNotHidden(caller.userId(), found.message()))
                .switchIfEmpty(notFound(messageId));
    }

    /** Like {@link #find}, but also a message that the caller has hidden. */
    public Mono<VisibleMessage> findAlsoHidden(Caller caller, String messageId) {
        return store.byId(caller.tenantId(), messageId)
                .flatMap(message -> conversations
                        .of(caller, message.conversationId())
                        .filter(access -> access.maySee(message.seq()))
                        .map(access -> new VisibleMessage(access.visible().shown(message), access)))
                .switchIfEmpty(notFound(messageId));
    }

    /**
     * Like {@link #find}, for a change that others will see; fails also as {@link MemberAccess#requireMayChange} does.
     */
    public Mono<VisibleMessage> findToChange(Caller caller, String messageId) {
        return find(caller, messageId).doOnNext(found -> found.access().requireMayChange(found.message()));
    }

    /** The message with this id if it is in the conversation of this access, and visible to its user; else empty. */
    public Mono<Message> findIn(MemberAccess access, String tenantId, String messageId) {
        return inConversation(access, tenantId, messageId).filterWhen(message -> isNotHidden(access.userId(), message));
    }

    /** @param hidden what the member has hidden in the conversation */
    Mono<Message> findIn(MemberAccess access, HiddenMessages hidden, String tenantId, String messageId) {
        return inConversation(access, tenantId, messageId).filter(message -> !hidden.contains(message.seq()));
    }

    private Mono<Message> inConversation(MemberAccess access, String tenantId, String messageId) {
        return store.byId(tenantId, messageId)
                .filter(message -> message.conversationId().equals(access.conversationId()))
                .filter(message -> access.maySee(message.seq()))
                .map(access.visible()::shown);
    }

    private Mono<Boolean> isNotHidden(String userId, Message message) {
        return hiddenMessages.of(userId, message.conversationId()).map(hidden -> !hidden.contains(message.seq()));
    }

    /** Those of the messages that the caller may see, as the caller sees them, in the order of the ids. */
    public Mono<List<Message>> findAll(Caller caller, List<String> messageIds) {
        return store.byIds(caller.tenantId(), messageIds)
                .collectMap(Message::id)
                .flatMap(messages -> shown(caller, messages.values()).map(shown -> messageIds.stream()
                        .map(messages::get)
                        .filter(Objects::nonNull)
                        .flatMap(message -> shown.apply(message).stream())
                        .toList()));
    }

    private Mono<Function<Message, Optional<Message>>> shown(Caller caller, Collection<Message> messages) {
        Set<String> ids = messages.stream().map(Message::conversationId).collect(Collectors.toSet());
        return Mono.zip(
                ranges(caller, ids),
                hiddenMessages.of(caller.userId(), ids),
                (ranges, hidden) -> message ->
                        shown(message, ranges.get(message.conversationId()), hidden.get(message.conversationId())));
    }

    /** What the caller may see of the conversations, without conversations that the caller may not see at all. */
    private Mono<Map<String, VisibleRanges>> ranges(Caller caller, Set<String> ids) {
        if (ids.size() > MAX_ASKED_ONE_BY_ONE) {
            return conversations.ofAll(caller);
        }
        return Flux.fromIterable(ids)
                .flatMap(id -> conversations
                        .of(caller, id)
                        .onErrorResume(
                                ApiException.class,
                                refused -> isNoAccess(refused) ? Mono.empty() : Mono.error(refused)))
                .collectMap(MemberAccess::conversationId, MemberAccess::visible);
    }

    private static boolean isNoAccess(ApiException refused) {
        return refused.code().isForbidden() || refused.code().isNotFound();
    }

    private static Optional<Message> shown(
            Message message, @Nullable VisibleRanges ranges, @Nullable HiddenMessages hidden) {
        if (ranges == null || !ranges.contains(message.seq())) {
            return Optional.empty();
        }
        return hidden != null && hidden.contains(message.seq()) ? Optional.empty() : Optional.of(ranges.shown(message));
    }

    static <T> Mono<T> notFound(String messageId) {
        return Mono.error(() -> ApiException.of(MessageError.MESSAGE_NOT_FOUND, "No message " + messageId + " here"));
    }
}
