package dev.parley.presence.membership;

import dev.parley.platform.error.ApiException;
import dev.parley.presence.PresenceError;
import dev.parley.presence.device.Device;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets devices listen to the conversations of which their user is a member. */
@Component
public final class ConversationListening {

    private final MembershipClient memberships;
    private final MemberRooms members;
    private final EventInterest interest;

    ConversationListening(MembershipClient memberships, MemberRooms members, EventInterest interest) {
        this.interest = interest;
        this.memberships = memberships;
        this.members = members;
    }

    /** Fails if the user is not a member, as conversation-service answers or as this node has read since. */
    public Mono<Void> start(Device device, String conversationId) {
        return device.user()
                .freshCaller()
                .flatMap(caller -> memberships.requireMember(caller, conversationId))
                .flatMap(fromSeq -> interest.inConversations(device.user().key(), List.of(conversationId))
                        .thenReturn(fromSeq))
                .doOnNext(fromSeq -> {
                    if (!members.listen(device, conversationId, fromSeq)) {
                        throw ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation any more");
                    }
                })
                .then();
    }

    public void stop(Device device, String conversationId) {
        members.stopListening(device, conversationId);
    }
}
