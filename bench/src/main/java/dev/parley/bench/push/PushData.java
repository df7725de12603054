package dev.parley.bench.push;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;

/** Conversations, members and devices, as notification-service keeps them, and messages as events. */
final class PushData implements AutoCloseable {

    static final String TENANT = "bench";

    private static final int BATCH = 1_000;

    private final MongoClient client;
    private final MongoDatabase database;

    PushData(String storeUri) {
        this.client = MongoClients.create(storeUri);
        this.database = client.getDatabase("parley");
    }

    /** Each member has one device; the author, who is told nothing, has none. */
    void group(String conversationId, String kind, int members) {
        database.getCollection("audienceConversations")
                .insertOne(new Document("_id", conversationId)
                        .append("tenantId", TENANT)
                        .append("kind", kind)
                        .append("name", "Everybody")
                        .append("lastSeq", 0L)
                        .append("lastOrdinal", 0L)
                        .append("tombstones", List.of())
                        .append("deleted", false)
                        .append("revision", 0L));
        List<Document> memberships = new ArrayList<>();
        List<Document> devices = new ArrayList<>();
        memberships.add(membership(conversationId, "author"));
        for (int i = 0; i < members; i++) {
            String userId = conversationId + "-user-" + i;
            memberships.add(membership(conversationId, userId));
            devices.add(device(userId));
            if (devices.size() == BATCH || i == members - 1) {
                database.getCollection("audienceMembers").insertMany(memberships);
                database.getCollection("devices").insertMany(devices);
                memberships.clear();
                devices.clear();
            }
        }
    }

    private static Document membership(String conversationId, String userId) {
        return new Document("_id", conversationId + "/" + userId)
                .append("conversationId", conversationId)
                .append("userId", userId)
                .append("active", true)
                .append("mayRead", true)
                .append("reader", true)
                .append("changedSeq", 0L)
                .append("fromSeq", 1L)
                .append("read", new Document("seq", 0L).append("ordinal", 0L).append("sentOrdinal", 0L))
                .append("sentOrdinal", 0L)
                .append("hiddenSeqs", List.of())
                .append("revision", 0L);
    }

    private static Document device(String userId) {
        Date now = new Date();
        return new Document("_id", TENANT + "/" + userId)
                .append("deviceId", userId)
                .append("tenantId", TENANT)
                .append("userId", userId)
                .append("sessionId", "session-" + userId)
                .append("platform", "android")
                .append("address", new Document("provider", "WEBHOOK").append("token", "token-" + userId))
                .append("addressKey", "key-" + userId)
                .append("createdAt", now)
                .append("lastUsedAt", now);
    }

    static String message(String conversationId, long seq) {
        return """
                {"message": {"id": "%1$s-%2$s", "tenantId": "%3$s", "conversationId": "%1$s", "seq": %2$s, "ordinal": %2$s,
                "senderOrdinal": %2$s, "sender": {"id": "author", "username": "author", "displayName": "Author"},
                "senderKind": "USER", "blocks": [{"type": "text", "format": "PLAIN", "content": "Message %2$s", "plainText": "Message %2$s"}],
                "mentions": [], "createdAt": "%4$s"}, "clientId": "%1$s-%2$s"}""".formatted(conversationId, seq, TENANT, Instant.now());
    }

    @Override
    public void close() {
        client.close();
    }
}
