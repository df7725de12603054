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
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds single messages for those who may see them. */
@Component
public final class VisibleMessages {

    /** A message, and what the caller may do where it is. */
    public record VisibleMessage(Message message, MemberAccess access) {}

    /** Conversations whose access is asked for one by one; for more, all that the caller has are asked for. */
    private static final int MAX_ASKED_FOR = 16;

    private final MessageStore store;
    private final ConversationAccess conversations;
    private final HiddenMessageStore hidden;

    VisibleMessages(MessageStore store, ConversationAccess conversations, HiddenMessageStore hidden) {
        this.store = store;
        this.conversations = conversations;
        this.hidden = hidden;
    }

    /**
     * The message with the given id.
     *
     * @return fails with {@link MessageError#MESSAGE_NOT_FOUND} where there is none that the caller may see, and as
     *     {@link ConversationAccess#of} where the caller never was a member
     */
    public Mono<VisibleMessage> find(Caller caller, String messageId) {
        return findAlsoHidden(caller, messageId)
                .flatMap(found -> hidden.of(caller.userId(), found.message().conversationId())
                        .filter(hidden -> !hidden.holds(found.message().seq()))
                        .map(seen -> found)
                        .switchIfEmpty(notFound(messageId)));
    }

    /** Like {@link #find}, but a message that the caller has hidden is found too. */
    public Mono<VisibleMessage> findAlsoHidden(Caller caller, String messageId) {
        return store.byId(caller.tenantId(), messageId)
                .flatMap(message -> conversations
                        .of(caller, message.conversationId())
                        .filter(access -> access.maySee(message.seq()))
                        .map(access -> new VisibleMessage(message, access)))
                .switchIfEmpty(notFound(messageId));
    }

    private static <T> Mono<T> notFound(String messageId) {
        return Mono.error(() -> ApiException.of(MessageError.MESSAGE_NOT_FOUND, "No message " + messageId + " here"));
    }

    /** Those of the messages that the caller may see, in the order of the ids. */
    public Mono<List<Message>> findAll(Caller caller, List<String> messageIds) {
        return store.byIds(caller.tenantId(), messageIds)
                .collectMap(Message::id)
                .flatMap(messages -> visible(caller, messages.values()).map(visible -> messageIds.stream()
                        .map(messages::get)
                        .filter(Objects::nonNull)
                        .filter(visible)
                        .toList()));
    }

    private Mono<Predicate<Message>> visible(Caller caller, Collection<Message> messages) {
        Set<String> ids = messages.stream().map(Message::conversationId).collect(Collectors.toSet());
        return Mono.zip(
                windows(caller, ids),
                hidden.of(caller.userId(), ids),
                (windows, hidden) -> message ->
                        maySee(windows.get(message.conversationId()), hidden.get(message.conversationId()), message));
    }

    /** What the caller may see of the conversations, without those that are refused. */
    private Mono<Map<String, VisibleRanges>> windows(Caller caller, Set<String> ids) {
        if (ids.size() > MAX_ASKED_FOR) {
            return conversations.ofAll(caller);
        }
        return Flux.fromIterable(ids)
                .flatMap(id -> conversations
                        .of(caller, id)
                        .onErrorResume(
                                ApiException.class, refused -> saysNo(refused) ? Mono.empty() : Mono.error(refused)))
                .collectMap(MemberAccess::conversationId, MemberAccess::windows);
    }

    private static boolean saysNo(ApiException refused) {
        return refused.code().status() == HttpStatus.FORBIDDEN || refused.code().status() == HttpStatus.NOT_FOUND;
    }

    private static boolean maySee(@Nullable VisibleRanges windows, @Nullable HiddenMessages hidden, Message message) {
        return windows != null && windows.hold(message.seq()) && (hidden == null || !hidden.holds(message.seq()));
    }

    /**
     * Like {@link #find}, for a change that others will see: fails with {@link MessageError#NOT_A_MEMBER} for those whose
     * membership has ended, and with {@link MessageError#NOTICE} for a notice.
     */
    public Mono<VisibleMessage> findToChange(Caller caller, String messageId) {
        return find(caller, messageId).doOnNext(found -> {
            found.access().requireMember();
            found.message().requireNoSystemMessage();
        });
    }
}
