package dev.parley.standalone.chaos;

import dev.parley.standalone.ChatUser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/** Who takes part, with which devices, and the groups that there are from the beginning. */
final class Cast {

    private static final int USERS = 20;
    private static final int WITH_TWO_DEVICES = 4;
    private static final int GROUPS = 4;
    private static final int MEMBERS = 6;

    /** As browsers do it, as some networks want it, and as it is quickest. */
    private static final List<String[]> TRANSPORTS =
            List.of(new String[] {"websocket"}, new String[] {"polling", "websocket"}, new String[] {"polling"});

    private final List<ChatUser> users;
    private final Map<ChatUser, ReadWriteLock> moving = new ConcurrentHashMap<>();
    private final List<ChaosClient> clients = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();
    private final Conversations conversations;
    private final String flooded;
    private final Random random;

    Cast(String baseUrl, Random random) {
        this.random = random;
        users = IntStream.range(0, USERS)
                .parallel()
                .mapToObj(i -> ChatUser.register(baseUrl, "User" + i))
                .toList();
        conversations = new Conversations(ChatUser.register(baseUrl, "Admin"));
        conversations.group(users);
        flooded = conversations.group(List.of(slowReader(), quickReader()));
        for (int i = 0; i < GROUPS; i++) {
            List<ChatUser> some = new ArrayList<>(users);
            Collections.shuffle(some, random);
            groups.add(conversations.group(some.subList(0, MEMBERS)));
        }
        for (int i = 0; i < USERS; i++) {
            for (int device = 0; device < (i >= USERS - WITH_TWO_DEVICES ? 2 : 1); device++) {
                clients.add(new ChaosClient(
                        "u" + i + "d" + device,
                        users.get(i),
                        new Random(random.nextLong()),
                        TRANSPORTS.get((i + device) % TRANSPORTS.size())));
            }
        }
    }

    /** Somebody comes into a group who never was in it. */
    void join(int group) {
        String id = groups.get(group);
        List<ChatUser> strangers = new ArrayList<>(users);
        strangers.removeAll(conversations.everIn(id));
        ChatUser joiner = strangers.get(random.nextInt(strangers.size()));
        clientsOf(joiner).forEach(client -> client.note("is added to " + id));
        conversations.add(id, joiner);
    }

    List<ChaosClient> clients() {
        return List.copyOf(clients);
    }

    List<ChaosClient> clientsOf(ChatUser user) {
        return clients.stream().filter(client -> client.user().equals(user)).toList();
    }

    /** Who moves with one device does nothing with another meanwhile, which would be refused where it is out already. */
    ReadWriteLock moving(ChatUser user) {
        return moving.computeIfAbsent(user, one -> new ReentrantReadWriteLock());
    }

    List<ChatUser> users() {
        return users;
    }

    /** The groups that people join and leave. */
    List<String> groups() {
        return List.copyOf(groups);
    }

    Conversations conversations() {
        return conversations;
    }

    /** The conversation of two in which so much is said that whoever does not read is closed. */
    String flooded() {
        return flooded;
    }

    /** Has one device, with a WebSocket. */
    ChatUser slowReader() {
        return users.get(0);
    }

    /** Is in the flooded conversation too, and reads. */
    ChatUser quickReader() {
        return users.get(1);
    }
}
