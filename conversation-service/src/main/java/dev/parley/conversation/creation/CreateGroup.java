package dev.parley.conversation.creation;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationSettings;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.TenantUsers;
import dev.parley.conversation.invitation.AdmitPeople;
import dev.parley.conversation.limit.UserLimits;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationKind;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.events.UserSummary;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.id.Fingerprint;
import dev.parley.platform.id.Ids;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Creates groups. */
@Component
public final class CreateGroup {

    private final NewConversations conversations;
    private final TenantUsers users;
    private final UserLimits limits;
    private final AdmitPeople admitPeople;
    private final ConversationSettings settings;

    CreateGroup(
            NewConversations conversations,
            TenantUsers users,
            UserLimits limits,
            AdmitPeople admitPeople,
            ConversationSettings settings) {
        this.conversations = conversations;
        this.users = users;
        this.limits = limits;
        this.admitPeople = admitPeople;
        this.settings = settings;
    }

    /**
     * Creates a group with the caller as its admin.
     *
     * @param idempotencyKey the caller's name for this request; a second one with the same name gives the first group, and
     *     is refused if it asks for another one
     * @return fails if a participant is not a user of the caller's tenant, naming each, as
     *     {@link UserLimits#countGroup}, and as {@link AdmitPeople#admit}
     */
    public Mono<Creation> create(
            Caller caller,
            String name,
            @Nullable String description,
            List<String> memberIds,
            @Nullable String idempotencyKey) {
        Set<String> others = new LinkedHashSet<>(memberIds);
        others.remove(caller.userId());
        if (others.size() >= settings.maxParticipantsAtFirst()) {
            return Mono.error(ApiException.of(
                    ConversationError.TOO_MANY_PARTICIPANTS,
                    "A group is created with at most " + settings.maxParticipantsAtFirst() + " members"));
        }
        UniqueKey uniqueKey =
                idempotencyKey == null ? null : uniqueKey(caller, idempotencyKey, name, description, others);
        return conversations
                .earlier(uniqueKey)
                .switchIfEmpty(Mono.defer(() -> createNew(caller, name, description, List.copyOf(others), uniqueKey)));
    }

    /** The order of the members is of no matter. */
    private static UniqueKey uniqueKey(
            Caller caller, String idempotencyKey, String name, @Nullable String description, Set<String> others) {
        String members = others.stream().sorted().collect(Collectors.joining(" "));
        return new UniqueKey(
                "request/" + caller.userId() + "/" + idempotencyKey, Fingerprint.of(name, description, members));
    }

    /** People are asked before the group is there, so that a crash in between leaves no group without its people. */
    private Mono<Creation> createNew(
            Caller caller,
            String name,
            @Nullable String description,
            List<String> others,
            @Nullable UniqueKey uniqueKey) {
        String id = Ids.next();
        return users.find(others, caller)
                .doOnNext(found -> limits.countGroup(caller, others.size()))
                .flatMap(found -> admitPeople
                        .admit(caller, id, others, Role.MEMBER)
                        .flatMap(added -> conversations.create(
                                created(id, caller, name, description, participants(caller, added, found)), uniqueKey)))
                .flatMap(creation -> creation.created()
                        ? Mono.just(creation)
                        : admitPeople.askNobody(id).thenReturn(creation));
    }

    private static List<Participant> participants(
            Caller caller, List<String> added, Map<String, UserSummary> profiles) {
        Instant now = ConversationUpdates.now();
        return Stream.concat(
                        Stream.of(new Participant(caller.summary(), Role.ADMIN, now)),
                        added.stream()
                                .map(id -> new Participant(Objects.requireNonNull(profiles.get(id)), Role.MEMBER, now)))
                .toList();
    }

    private static ConversationCreated created(
            String id, Caller caller, String name, @Nullable String description, List<Participant> participants) {
        return new ConversationCreated(
                id,
                caller.tenantId(),
                ConversationKind.GROUP,
                name,
                description,
                caller.userId(),
                participants,
                participants.get(0).joinedAt());
    }
}
