package dev.parley.standalone.chaos;

import dev.parley.platform.test.RecoveringClient.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What one client knows by what it was told: messages, badges, who is online. While it loads what it could not be told, it
 * keeps what it is told meanwhile for later.
 */
final class Knowledge {

    private final Map<String, ConversationLog> logs = new HashMap<>();
    private final Map<String, Long> badges = new HashMap<>();
    private final Map<String, String> lastSeen = new HashMap<>();
    private final Set<String> online = new TreeSet<>();
    private final List<Told> later = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private boolean mustLoad = true;

    synchronized void hear(Told told) {
        switch (told.event()) {
            case "resync_required" -> mustLoad = true;
            case "online_users" -> {
                online.clear();
                told.body().path("userIds").forEach(id -> online.add(id.asString()));
            }
            case "user_online" -> online.add(told.body().path("userId").asString());
            case "user_offline" -> {
                String userId = told.body().path("userId").asString();
                online.remove(userId);
                lastSeen.put(userId, told.body().path("lastSeenAt").asString(""));
            }
            default -> {
                if (mustLoad) {
                    later.add(told);
                } else {
                    take(told.event(), told.body());
                }
            }
        }
    }

    private void take(String event, JsonNode body) {
        switch (event) {
            case "new_message" ->
                log(body.path("message").path("conversationId").asString()).told(body.path("message"));
            case "message_updated" ->
                log(body.path("conversationId").asString())
                        .edited(
                                body.path("messageId").asString(),
                                body.path("text").asString());
            case "message_deleted" ->
                log(body.path("conversationId").asString())
                        .deleted(body.path("messageId").asString());
            case "conversation_created" -> {
                log(body.path("id").asString());
                badge(body.path("id").asString(), body);
            }
            case "conversation_updated", "unread_count_changed" ->
                badge(body.path("conversationId").asString(), body);
            default -> {
                // of no interest here
            }
        }
    }

    /** It was not kept in its stream. The server tells so too, before anything else, but maybe a little later. */
    synchronized void mustLoadAgain() {
        mustLoad = true;
    }

    /** Whether it has just begun, or cannot be told all that it missed. */
    synchronized boolean mustLoad() {
        return mustLoad;
    }

    /**
     * What it asked for since, of one conversation.
     *
     * @param missed what came after the last that it has, in order
     * @param history how all messages read
     */
    synchronized void load(JsonNode conversation, List<JsonNode> missed, List<JsonNode> history) {
        String id = conversation.path("id").asString();
        missed.forEach(log(id)::loaded);
        history.forEach(log(id)::reads);
        badge(id, conversation);
    }

    /** It has loaded everything: what it was told meanwhile comes after. */
    synchronized void endLoading() {
        mustLoad = false;
        later.forEach(told -> take(told.event(), told.body()));
        later.clear();
    }

    private void badge(String conversationId, JsonNode body) {
        badges.put(conversationId, body.path("unreadCount").asLong(-1));
    }

    private ConversationLog log(String conversationId) {
        return logs.computeIfAbsent(conversationId, id -> new ConversationLog(faults));
    }

    synchronized long lastSeq(String conversationId) {
        return log(conversationId).lastSeq();
    }

    synchronized List<ConversationLog.Entry> entries(String conversationId) {
        return log(conversationId).entries();
    }

    synchronized Map<String, ConversationLog.State> states(String conversationId) {
        return log(conversationId).states();
    }

    synchronized Set<String> conversations() {
        return Set.copyOf(logs.keySet());
    }

    /** What its badge shows; null if it was told of none. */
    synchronized Long badge(String conversationId) {
        return badges.get(conversationId);
    }

    synchronized Set<String> online() {
        return new TreeSet<>(online);
    }

    /** As it was told when the user went; empty if not when. */
    synchronized String lastSeen(String userId) {
        return lastSeen.getOrDefault(userId, "not told");
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }
}
