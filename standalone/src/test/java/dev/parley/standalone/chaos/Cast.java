package dev.parley.standalone.chaos;

import dev.parley.standalone.ChatUser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** Who takes part, with which devices, and who is in which conversation. An admin without a device is in all of them. */
final class Cast {

    private static final int USERS = 16;
    private static final int WITH_TWO_DEVICES = 4;
    private static final int GROUPS = 4;
    private static final int MEMBERS = 5;

    private final ChatUser admin;
    private final List<ChatUser> users = new ArrayList<>();
    private final List<ChaosClient> clients = new ArrayList<>();
    private final Map<String, List<ChatUser>> members = new HashMap<>();
    private final List<String> groups = new ArrayList<>();
    private final String everybody;
    private final String flooded;
    private final Random random;

    Cast(String baseUrl, Random random) {
        this.random = random;
        admin = ChatUser.register(baseUrl, "Admin");
        for (int i = 0; i < USERS; i++) {
            users.add(ChatUser.register(baseUrl, "User" + i));
        }
        everybody = group(users);
        flooded = group(users.subList(0, 2));
        for (int i = 0; i < GROUPS; i++) {
            List<ChatUser> some = new ArrayList<>(users);
            Collections.shuffle(some, random);
            groups.add(group(some.subList(0, MEMBERS)));
        }
        for (int i = 0; i < USERS; i++) {
            for (int device = 0; device < (i >= USERS - WITH_TWO_DEVICES ? 2 : 1); device++) {
                clients.add(new ChaosClient("u" + i + "d" + device, users.get(i), new Random(random.nextLong())));
            }
        }
    }

    private String group(List<ChatUser> some) {
        String id = admin.groupWith(some.toArray(ChatUser[]::new));
        members.put(id, new ArrayList<>(some));
        return id;
    }

    /** Somebody new comes into a group. */
    void join(int group) {
        String id = groups.get(group);
        List<ChatUser> others = new ArrayList<>(users);
        others.removeAll(members.get(id));
        ChatUser joiner = others.get(random.nextInt(others.size()));
        admin.call("POST", "/api/v1/conversations/" + id + "/participants", Map.of("userIds", List.of(joiner.id())));
        members.get(id).add(joiner);
        clientsOf(joiner).forEach(client -> client.note("is added to " + id));
    }

    List<ChaosClient> clients() {
        return List.copyOf(clients);
    }

    List<ChaosClient> clientsOf(ChatUser user) {
        return clients.stream().filter(client -> client.user().equals(user)).toList();
    }

    List<ChatUser> users() {
        return List.copyOf(users);
    }

    ChatUser admin() {
        return admin;
    }

    int groups() {
        return groups.size();
    }

    /** The conversation where so much is said that who does not read is closed. */
    String flooded() {
        return flooded;
    }

    String everybody() {
        return everybody;
    }

    TreeSet<String> conversations() {
        return new TreeSet<>(members.keySet());
    }

    /** Without the admin. */
    List<ChatUser> members(String conversationId) {
        return List.copyOf(members.get(conversationId));
    }
}
