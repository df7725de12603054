package dev.parley.presence.session;

import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.limit.Bulkhead;
import dev.parley.presence.membership.EventInterest;
import dev.parley.presence.membership.JoinedConversations;
import dev.parley.presence.membership.MembershipClient;
import dev.parley.presence.stream.EventLog;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the conversations of users who connect, so that this node misses no event that concerns them from then on. */
@Component
final class AdmittedMemberships {

    private final MembershipClient memberships;
    private final EventInterest interest;
    private final EventLog eventLog;
    private final Bulkhead lookups;

    AdmittedMemberships(
            MembershipClient memberships, EventInterest interest, EventLog eventLog, PresenceSettings settings) {
        this.memberships = memberships;
        this.interest = interest;
        this.eventLog = eventLog;
        this.lookups = new Bulkhead(settings.session().maxConcurrentLookups());
    }

    /** As {@link EventInterest#epoch}. */
    long epoch() {
        return interest.epoch();
    }

    /** Completes when this node knows what happened to the user lately. */
    Mono<Void> whenKnown(ConnectedUser user) {
        return interest.inUser(user.key());
    }

    /** The conversations of a user who is known. */
    Mono<JoinedConversations> of(ConnectedUser user) {
        return lookups.run(user.freshCaller().flatMap(memberships::joined))
                .delayUntil(joined -> interest.inConversations(user.key(), () -> concerning(user, joined)));
    }

    /** Also those that a user has left lately: who comes back is sent what happened there until then. */
    private Set<String> concerning(ConnectedUser user, JoinedConversations joined) {
        Set<String> conversationIds = new HashSet<>(joined.fromSeqs().keySet());
        conversationIds.addAll(eventLog.conversationsAbout(user.key()));
        return conversationIds;
    }
}
