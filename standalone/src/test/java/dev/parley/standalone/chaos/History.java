package dev.parley.standalone.chaos;

import dev.parley.standalone.ChatUser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the platform gives to who asks for messages, page by page, the oldest first. */
final class History {

    private static final int PAGE = 100;

    private History() {}

    /** All that a user sees of a conversation, over REST. */
    static List<JsonNode> of(ChatUser user, String conversationId) {
        String path = "/api/v1/conversations/" + conversationId + "/messages?direction=after&limit=" + PAGE;
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = user.fetch(path + cursor);
            List<JsonNode> messages =
                    new ArrayList<>(page.path("data").valueStream().toList());
            Collections.reverse(messages);
            all.addAll(messages);
            if (!page.path("meta").path("hasMore").asBoolean()) {
                return all;
            }
            cursor = "&cursor=" + page.path("meta").path("prevCursor").asString();
        }
    }

    /** What came after a place, over the socket. */
    static List<JsonNode> missed(ChaosClient client, String conversationId, long afterSeq) {
        List<JsonNode> all = new ArrayList<>();
        long last = afterSeq;
        while (true) {
            JsonNode ack = client.ask("get_missed", Map.of("conversationId", conversationId, "afterSeq", last));
            Insistence.requireGoodOrPassing(ack, client + ": get_missed after " + last);
            if (!ack.path("success").asBoolean()) {
                client.pause(ChaosClient.RETRY_MILLIS);
                continue;
            }
            ack.path("messages").forEach(all::add);
            if (!ack.path("hasMore").asBoolean()) {
                return all;
            }
            last = all.get(all.size() - 1).path("seq").asLong();
        }
    }
}
