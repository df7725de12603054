package dev.parley.presence.live;

import dev.parley.presence.user.ConnectedUser;
import dev.parley.presence.user.UserConversations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds the rooms of a user who connects. */
@Component
public final class Arrival {

    private final Arrivals arrivals;
    private final UserConversations conversations;

    Arrival(Arrivals arrivals, UserConversations conversations) {
        this.arrivals = arrivals;
        this.conversations = conversations;
    }

    /** The user's own room and those of the user's conversations. */
    public Mono<List<String>> rooms(ConnectedUser user) {
        return Mono.defer(() -> {
            arrivals.begin(user.id());
            return user.acting().flatMap(conversations::of).map(known -> rooms(user, known));
        });
    }

    private static List<String> rooms(ConnectedUser user, List<String> conversationIds) {
        List<String> rooms = new ArrayList<>(conversationIds.size() + 1);
        rooms.add(RoomNames.ofUser(user.tenantId(), user.id()));
        conversationIds.forEach(id -> rooms.add(RoomNames.ofConversation(id)));
        return rooms;
    }

    /** The rooms of the conversations that the user came into while being let in. */
    public Stream<String> roomsSince(ConnectedUser user) {
        return arrivals.since(user.id()).stream().map(RoomNames::ofConversation);
    }
}
