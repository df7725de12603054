package dev.parley.conversation.creation;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.conversation.ConversationSettings;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.InitialMembers;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.Roster;
import dev.parley.events.ConversationCreated;
import dev.parley.events.Participant;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Stores new conversations.
 *
 * <p>The conversation is one document that carries the event with all its participants; the memberships are written
 * from that event: at once, and again when the event is read, so that a crash in between leaves none out.
 */
@Component
final class NewConversations {

    private final ConversationStore store;
    private final MembershipStore memberships;
    private final ConversationUpdates updates;
    private final ConversationSettings settings;

    NewConversations(
            ConversationStore store,
            MembershipStore memberships,
            ConversationUpdates updates,
            ConversationSettings settings) {
        this.store = store;
        this.memberships = memberships;
        this.updates = updates;
        this.settings = settings;
    }

    /**
     * What an earlier request with this key created; empty if there was none.
     *
     * @return fails with {@link PlatformError#KEY_REUSED} if that request asked for something else
     */
    Mono<Creation> earlier(@Nullable UniqueKey uniqueKey) {
        return uniqueKey == null
                ? Mono.empty()
                : store.byUniqueKey(uniqueKey.value())
                        .doOnNext(found -> requireSame(uniqueKey, found))
                        .flatMap(found ->
                                memberships.admit(InitialMembers.named(found)).thenReturn(new Creation(found, false)));
    }

    private static void requireSame(UniqueKey uniqueKey, Conversation earlier) {
        if (!uniqueKey.fits(earlier)) {
            throw ApiException.of(PlatformError.KEY_REUSED, "Another group was created with this Idempotency-Key");
        }
    }

    /** @param uniqueKey what there may be only one conversation for; of requests at the same moment one creates it */
    Mono<Creation> create(ConversationCreated created, @Nullable UniqueKey uniqueKey) {
        return Mono.deferContextual(context -> store.insert(conversation(created, uniqueKey, context)))
                .map(conversation -> new Creation(conversation, true))
                .onErrorResume(DuplicateKeyException.class, taken -> earlier(Objects.requireNonNull(uniqueKey)))
                .flatMap(creation -> creation.created() ? announced(creation, created) : Mono.just(creation));
    }

    private Mono<Creation> announced(Creation creation, ConversationCreated created) {
        return memberships
                .admit(InitialMembers.of(created))
                .then(updates.announce(creation.conversation()))
                .thenReturn(creation);
    }

    private Conversation conversation(ConversationCreated created, @Nullable UniqueKey uniqueKey, ContextView context) {
        List<Participant> participants = created.participants();
        Instant now = created.createdAt();
        List<RosterEntry> roster =
                Roster.of(participants.stream().map(RosterEntry::of).toList(), settings.maxRoster());
        return new Conversation(
                created.conversationId(),
                created.tenantId(),
                created.kind(),
                created.name(),
                created.description(),
                null,
                uniqueKey == null ? null : uniqueKey.value(),
                uniqueKey == null ? null : uniqueKey.fingerprint(),
                created.createdBy(),
                settings.initial(),
                roster,
                participants.size(),
                0,
                null,
                Conversation.Progress.NONE,
                now,
                now,
                now,
                null,
                0,
                null,
                null,
                List.of(updates.pending(created, now).in(context)),
                now);
    }
}
