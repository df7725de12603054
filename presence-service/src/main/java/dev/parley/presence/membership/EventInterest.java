package dev.parley.presence.membership;

import dev.parley.presence.device.UserKey;
import java.util.Collection;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Which events of conversations reach this node. Once an answer came, this node has all recent events in question in its log, and
 * reads all later ones, until the user is gone from this node.
 */
public interface EventInterest {

    /** Where every node reads all events there is nothing to ask for. */
    EventInterest EVERYTHING = new EventInterest() {
        @Override
        public Mono<Void> inUser(UserKey user) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> inConversations(UserKey user, Collection<String> conversationIds) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> inConversations(UserKey user, Supplier<? extends Collection<String>> conversationIds) {
            return Mono.empty();
        }
    };

    /** Changes when this node may have lost events: what was answered before does not count any more. */
    default long epoch() {
        return 0;
    }

    /** Completes when events about the user reach this node. Fails if that takes too long: who connects must come again. */
    Mono<Void> inUser(UserKey user);

    /**
     * Completes when events of these conversations reach this node, for a user who was asked for before. Fails as {@link
     * #inUser} does.
     */
    Mono<Void> inConversations(UserKey user, Collection<String> conversationIds);

    /** The same. @param conversationIds is not asked where there is nothing to ask for */
    default Mono<Void> inConversations(UserKey user, Supplier<? extends Collection<String>> conversationIds) {
        return Mono.defer(() -> inConversations(user, conversationIds.get()));
    }
}
