package dev.parley.standalone.chaos;

import dev.parley.standalone.ChatUser;
import java.util.List;
import java.util.Random;

/** How somebody goes out of groups and comes back, connected or not, and finds others to talk to. */
final class Moving {

    private final ChaosClient client;
    private final Cast cast;
    private final Random random;

    Moving(ChaosClient client, Cast cast, Random random) {
        this.client = client;
        this.cast = cast;
        this.random = random;
    }

    /** Goes out of a group, or comes back into one that it is out of. */
    void move() {
        List<String> groups = cast.groups().stream()
                .filter(id -> conversations().everIn(id).contains(client.user()))
                .toList();
        if (groups.isEmpty()) {
            return;
        }
        String group = groups.get(random.nextInt(groups.size()));
        if (random.nextBoolean()) {
            client.lose();
        }
        if (!conversations().has(group, client.user())) {
            client.note("comes back into " + group);
            conversations().add(group, client.user());
        } else if (random.nextBoolean()) {
            client.note("leaves " + group);
            conversations().leave(group, client.user());
        } else {
            client.note("is removed from " + group);
            conversations().remove(group, client.user());
        }
    }

    /** The conversation with somebody. The other may look for it at the same moment. */
    String direct() {
        List<ChatUser> others = cast.users().stream()
                .filter(user -> !user.equals(client.user()))
                .toList();
        return conversations().direct(client.user(), others.get(random.nextInt(others.size())));
    }

    private Conversations conversations() {
        return cast.conversations();
    }
}
