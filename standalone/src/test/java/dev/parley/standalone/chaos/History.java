package dev.parley.standalone.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the platform gives to who asks over a socket for messages, page by page, the oldest first. */
final class History {

    private History() {}

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
