package dev.parley.conversation.membership;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.TenantUsers;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.invitation.AdmitPeople;
import dev.parley.conversation.limit.UserLimits;
import dev.parley.conversation.membership.saga.ChangeCoordinator;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.events.UserSummary;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Adds users to a group. */
@Component
public final class AddMembers {

    private final ChangeCoordinator coordinator;
    private final TenantUsers users;
    private final UserLimits limits;
    private final AdmitPeople admitPeople;
    private final JoinGroup joinGroup;

    AddMembers(
            ChangeCoordinator coordinator,
            TenantUsers users,
            UserLimits limits,
            AdmitPeople admitPeople,
            JoinGroup joinGroup) {
        this.coordinator = coordinator;
        this.users = users;
        this.limits = limits;
        this.admitPeople = admitPeople;
        this.joinGroup = joinGroup;
    }

    /**
     * Makes users members, or asks them where the tenant has it so. Those who are members stay as they are.
     *
     * @return fails with {@link ConversationError#NOT_A_GROUP}, with {@link ConversationError#NOT_AN_ADMIN} where only
     *     admins may add members or the new ones are to be admins, with
     *     {@link ConversationError#TOO_MANY_PARTICIPANTS}, if somebody is not a user of the tenant, naming each, as
     *     {@link UserLimits#countPeople}, and as {@link AdmitPeople#admit}
     */
    public Mono<Conversation> add(Caller caller, String conversationId, List<String> userIds, Role role) {
        return Mono.defer(() -> {
            // The change is judged again if another one was faster; the people count once.
            AtomicBoolean counted = new AtomicBoolean();
            Consumer<List<String>> count = absent -> {
                if (counted.compareAndSet(false, true)) {
                    limits.countPeople(caller, absent.size());
                }
            };
            return coordinator.change(caller, conversationId, actionFor(role), member -> joinGroup
                    .absent(conversationId, userIds)
                    .flatMap(absent -> users.find(absent, caller)
                            .doOnNext(profiles -> count.accept(absent))
                            .flatMap(profiles -> admitPeople
                                    .admit(caller, conversationId, absent, role)
                                    .map(added -> participants(added, profiles, role))))
                    .flatMap(added -> joinGroup.join(member.conversation(), caller.summary(), added)));
        });
    }

    static Action actionFor(Role role) {
        return role == Role.ADMIN ? Action.ADD_ADMINS : Action.ADD_MEMBERS;
    }

    private static List<Participant> participants(List<String> userIds, Map<String, UserSummary> profiles, Role role) {
        Instant now = ConversationUpdates.now();
        return userIds.stream()
                .map(id -> new Participant(Objects.requireNonNull(profiles.get(id)), role, now))
                .toList();
    }
}
