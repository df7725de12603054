package dev.parley.conversation.creation;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationSettings;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.InitialMembers;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.TenantUsers;
import dev.parley.conversation.hide.UnhideConversation;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationKind;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.id.Ids;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Creates conversations.
 *
 * <p>The conversation is one document that carries the event with all its participants; the memberships are written
 * from that event: at once, and again when the event is read, so that a crash in between leaves none out.
 */
@Component
public final class CreateConversation {

    /** @param created false if there was such a conversation before */
    public record Result(Conversation conversation, boolean created) {}

    private final ConversationStore store;
    private final MembershipStore memberships;
    private final UnhideConversation unhideConversation;
    private final TenantUsers users;
    private final ConversationUpdates updates;
    private final ConversationSettings settings;

    CreateConversation(
            ConversationStore store,
            MembershipStore memberships,
            UnhideConversation unhideConversation,
            TenantUsers users,
            ConversationUpdates updates,
            ConversationSettings settings) {
        this.store = store;
        this.memberships = memberships;
        this.unhideConversation = unhideConversation;
        this.users = users;
        this.updates = updates;
        this.settings = settings;
    }

    /**
     * Creates a group with the caller as its admin.
     *
     * @param idempotencyKey the caller's name for this request; a second one with the same name gives the first group
     * @return fails if a participant is not a user of the caller's tenant, naming each
     */
    public Mono<Result> group(
            Caller caller,
            String name,
            @Nullable String description,
            List<String> memberIds,
            @Nullable String idempotencyKey) {
        Set<String> ids = new LinkedHashSet<>();
        ids.add(caller.userId());
        ids.addAll(memberIds);
        if (ids.size() > settings.maxParticipantsAtFirst()) {
            return Mono.error(ApiException.of(
                    ConversationError.TOO_MANY_PARTICIPANTS,
                    "A group is created with at most " + settings.maxParticipantsAtFirst() + " members"));
        }
        String uniqueKey = idempotencyKey == null ? null : "request/" + caller.userId() + "/" + idempotencyKey;
        return participants(ids, ConversationKind.GROUP, caller)
                .flatMap(participants ->
                        findOrCreate(caller, ConversationKind.GROUP, uniqueKey, name, description, participants));
    }

    /**
     * The one direct conversation of the caller with another user, created if there is none; with the caller's own id,
     * the caller's notes to self. However many ask at once, there is one.
     *
     * @return fails if the other is not a user of the caller's tenant
     */
    public Mono<Result> direct(Caller caller, String userId) {
        ConversationKind kind = userId.equals(caller.userId()) ? ConversationKind.SELF : ConversationKind.DIRECT;
        Set<String> ids = new LinkedHashSet<>();
        ids.add(caller.userId());
        ids.add(userId);
        String uniqueKey = "direct/" + ids.stream().sorted().collect(Collectors.joining("/"));
        return participants(ids, kind, caller)
                .flatMap(participants -> findOrCreate(caller, kind, uniqueKey, null, null, participants))
                .flatMap(result -> returned(result, caller.userId()));
    }

    private Mono<List<Participant>> participants(Set<String> ids, ConversationKind kind, Caller caller) {
        Instant now = ConversationUpdates.now();
        return users.find(ids, caller).map(profiles -> ids.stream()
                .map(id -> new Participant(Objects.requireNonNull(profiles.get(id)), role(id, kind, caller), now))
                .toList());
    }

    private static Role role(String userId, ConversationKind kind, Caller creator) {
        return kind == ConversationKind.GROUP && userId.equals(creator.userId()) ? Role.ADMIN : Role.MEMBER;
    }

    private Mono<Result> findOrCreate(
            Caller caller,
            ConversationKind kind,
            @Nullable String uniqueKey,
            @Nullable String name,
            @Nullable String description,
            List<Participant> participants) {
        Instant now = participants.get(0).joinedAt();
        ConversationCreated created = new ConversationCreated(
                Ids.next(), caller.tenantId(), kind, name, description, caller.userId(), participants, now);
        return store.insert(newConversation(created, uniqueKey))
                .map(conversation -> new Result(conversation, true))
                .onErrorResume(
                        DuplicateKeyException.class, taken -> store.byUniqueKey(Objects.requireNonNull(uniqueKey))
                                .map(conversation -> new Result(conversation, false)))
                .flatMap(result -> result.created()
                        ? memberships
                                .admit(InitialMembers.of(created))
                                .then(updates.announce(result.conversation()))
                                .thenReturn(result)
                        : memberships
                                .admit(InitialMembers.named(result.conversation()))
                                .thenReturn(result));
    }

    /** What the caller had deleted for the caller alone is in the caller's list again. */
    private Mono<Result> returned(Result found, String userId) {
        Conversation conversation = found.conversation();
        if (found.created()) {
            return Mono.just(found);
        }
        return memberships
                .of(conversation.id(), userId)
                .flatMap(unhideConversation::unhide)
                .thenReturn(found);
    }

    private Conversation newConversation(ConversationCreated created, @Nullable String uniqueKey) {
        List<Participant> participants = created.participants();
        Instant now = created.createdAt();
        List<RosterEntry> roster = participants.stream()
                .limit(settings.maxRoster())
                .map(RosterEntry::of)
                .toList();
        return new Conversation(
                created.conversationId(),
                created.tenantId(),
                created.kind(),
                created.name(),
                created.description(),
                null,
                uniqueKey,
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
                List.of(updates.pending(created, now)),
                now);
    }
}
