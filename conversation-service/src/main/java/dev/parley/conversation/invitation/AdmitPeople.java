package dev.parley.conversation.invitation;

import dev.parley.conversation.ConversationError;
import dev.parley.events.InvitationState;
import dev.parley.events.Participant.Role;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.Subject;
import dev.parley.platform.error.Violation;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets people into groups as their tenant has it: at once, not at all, or when they accept. */
@Component
public final class AdmitPeople {

    private final AddPolicies policies;
    private final Contacts contacts;
    private final AskPeople askPeople;
    private final InvitationStore store;
    private final InvitationPublisher publisher;

    AdmitPeople(
            AddPolicies policies,
            Contacts contacts,
            AskPeople askPeople,
            InvitationStore store,
            InvitationPublisher publisher) {
        this.policies = policies;
        this.contacts = contacts;
        this.askPeople = askPeople;
        this.store = store;
        this.publisher = publisher;
    }

    /**
     * Decides on people whom somebody wants in a group, and asks those who are to be asked.
     *
     * @return who becomes a member at once; fails with {@link ConversationError#NOT_A_CONTACT} for people whom the caller may
     *     not add, naming each, and as {@link AskPeople#ask}
     */
    public Mono<List<String>> admit(Caller caller, String conversationId, List<String> userIds, Role role) {
        return switch (policies.of(caller.tenantId())) {
            case EVERYONE -> Mono.just(userIds);
            case CONTACTS ->
                contacts.among(caller.userId(), userIds)
                        .doOnNext(known -> requireAll(userIds, known))
                        .thenReturn(userIds);
            case ASK -> askPeople.ask(caller, conversationId, userIds, role).thenReturn(List.of());
        };
    }

    private static void requireAll(List<String> userIds, Set<String> contacts) {
        List<Violation> strangers = userIds.stream()
                .filter(id -> !contacts.contains(id))
                .map(id -> new Violation(Subject.of("user", id), "not-a-contact", "is not a contact of yours"))
                .toList();
        if (!strangers.isEmpty()) {
            throw ApiException.of(
                    ConversationError.NOT_A_CONTACT,
                    "You can add people with whom you have written in a direct conversation",
                    strangers);
        }
    }

    /** Asks nobody any more whether to come into a conversation. */
    public Mono<Void> askNobody(String conversationId) {
        return store.openTo(conversationId).collectList().flatMap(open -> store.removeAllTo(conversationId)
                .then(publisher.publish(open, InvitationState.WITHDRAWN)));
    }
}
