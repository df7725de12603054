package dev.parley.bench.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;

/** Messages of about 500 bytes in many conversations, and the requests that a chat makes. */
final class ChatMessages {

    private static final int MESSAGES_EACH = 1_000;
    private static final int USERS = 10_000;
    private static final int BATCH = 1_000;
    private static final int PAGE = 50;
    private static final int TEXT_CHARACTERS = 250;

    private final MongoCollection<Document> messages;
    private final int conversations;
    private final AtomicLong next = new AtomicLong();

    /** @param total how many messages there will be; each conversation has a thousand of them */
    ChatMessages(MongoDatabase database, long total) {
        this.messages = database.getCollection("messages" + total);
        this.conversations = (int) Math.max(1, total / MESSAGES_EACH);
    }

    void createIndexes() {
        messages.createIndex(new Document("conversationId", 1).append("seq", 1), new IndexOptions().unique(true));
        messages.createIndex(new Document("senderId", 1).append("clientId", 1), new IndexOptions().unique(true));
    }

    long count() {
        return messages.countDocuments(conversation(7)) < 0 ? 0 : messages.estimatedDocumentCount();
    }

    void loadUpTo(long total) {
        Random random = new Random(1);
        List<Document> batch = new ArrayList<>();
        while (next.get() < total) {
            batch.add(message(next.getAndIncrement(), random));
            if (batch.size() == BATCH || next.get() == total) {
                messages.insertMany(batch);
                batch.clear();
            }
        }
    }

    void insert(Random random) {
        messages.insertOne(message(next.getAndIncrement(), random));
    }

    /** A page in the middle of a conversation's history, as a client scrolls back. */
    void page(Random random) {
        long newest = next.get() / conversations;
        long before = newest <= PAGE ? newest : PAGE + random.nextLong(newest - PAGE);
        List<Document> page = messages.find(
                        conversation(random.nextInt(conversations)).append("seq", new Document("$lt", before)))
                .sort(new Document("seq", -1))
                .limit(PAGE)
                .into(new ArrayList<>());
        if (page.size() < Math.min(PAGE, before)) {
            throw new IllegalStateException("a page of " + page.size() + " before " + before);
        }
    }

    void unreadCount(Random random) {
        long read = Math.max(0, next.get() / conversations - 1 - random.nextInt(100));
        messages.countDocuments(conversation(random.nextInt(conversations)).append("seq", new Document("$gt", read)));
    }

    private static Document conversation(int number) {
        return new Document("conversationId", "conversation-" + number);
    }

    // Ids are spread over the whole range, as random ids are. That is the worst case for an ordered store.
    private static String idOf(long number) {
        return UUID.nameUUIDFromBytes(Long.toString(number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private Document message(long number, Random random) {
        StringBuilder text = new StringBuilder(TEXT_CHARACTERS);
        while (text.length() < TEXT_CHARACTERS) {
            text.append("word").append(random.nextInt(5_000)).append(' ');
        }
        return new Document("_id", idOf(number))
                .append("conversationId", "conversation-" + number % conversations)
                .append("seq", number / conversations)
                .append("senderId", "user-" + random.nextInt(USERS))
                .append("clientId", "client-" + number)
                .append("text", text.toString())
                .append("createdAt", new Date(1_700_000_000_000L + number))
                .append("reactions", List.of())
                .append("deleted", false);
    }
}
