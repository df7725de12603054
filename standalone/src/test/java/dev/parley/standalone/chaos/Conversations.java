package dev.parley.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import dev.parley.standalone.ChatUser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which conversations there are, and who is and was in them. An admin, who does nothing else, is in every group and not
 * counted. Safe for any thread, but that nobody may move one user in one group from two.
 */
final class Conversations {

    private static final int BUSY = 503;

    private static final Set<String> DONE_BEFORE =
            Set.of("conversation.not-a-member", "conversation.no-such-participant");

    private final ChatUser admin;

    /** By conversation, whether those who ever were in it still are. */
    private final Map<String, Map<ChatUser, Boolean>> members = new ConcurrentHashMap<>();

    private final Set<String> groups = ConcurrentHashMap.newKeySet();

    Conversations(ChatUser admin) {
        this.admin = admin;
    }

    String group(Collection<ChatUser> users) {
        String id = admin.groupWith(users.toArray(ChatUser[]::new));
        groups.add(id);
        users.forEach(user -> of(id).put(user, true));
        return id;
    }

    /** The one of these two, which may be there already. */
    String direct(ChatUser one, ChatUser other) {
        String id = one.directWith(other);
        of(id).put(one, true);
        of(id).put(other, true);
        return id;
    }

    void add(String id, ChatUser user) {
        change(admin, "POST", path(id) + "/participants", Map.of("userIds", List.of(user.id())));
        of(id).put(user, true);
    }

    void remove(String id, ChatUser user) {
        change(admin, "DELETE", path(id) + "/participants/" + user.id(), Map.of());
        of(id).put(user, false);
    }

    void leave(String id, ChatUser user) {
        change(user, "POST", path(id) + "/leave", Map.of());
        of(id).put(user, false);
    }

    /** Again while the platform is too busy. What is refused then as done was done by the try before. */
    private static void change(ChatUser by, String method, String path, Map<String, ?> body) {
        Answer first = by.api().call(method, path, body);
        if (first.status() != BUSY) {
            assertThat(first.status())
                    .as("%s %s: %s", method, path, first.body())
                    .isBetween(200, 299);
            return;
        }
        Until.satisfied(() -> {
            Answer again = by.api().call(method, path, body);
            assertThat(again.status() < 300 || DONE_BEFORE.contains(again.code()))
                    .as("%s %s: %s", method, path, again.body())
                    .isTrue();
        });
    }

    private static String path(String id) {
        return "/api/v1/conversations/" + id;
    }

    private Map<ChatUser, Boolean> of(String id) {
        return members.computeIfAbsent(id, same -> new ConcurrentHashMap<>());
    }

    Set<String> all() {
        return new TreeSet<>(members.keySet());
    }

    boolean isGroup(String id) {
        return groups.contains(id);
    }

    /** Whether somebody is in it now. */
    boolean has(String id, ChatUser user) {
        return of(id).getOrDefault(user, false);
    }

    /** Those that a user is or was in. */
    Set<String> everOf(ChatUser user) {
        return all().stream().filter(id -> of(id).containsKey(user)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those who are in it now. */
    List<ChatUser> members(String id) {
        return everIn(id).stream().filter(user -> has(id, user)).toList();
    }

    /** Those who are or were in it. */
    Set<ChatUser> everIn(String id) {
        return Set.copyOf(of(id).keySet());
    }

    /** Somebody who has seen it from its beginning to its end. */
    ChatUser witness(String id) {
        return isGroup(id) ? admin : of(id).keySet().iterator().next();
    }

    ChatUser admin() {
        return admin;
    }
}
