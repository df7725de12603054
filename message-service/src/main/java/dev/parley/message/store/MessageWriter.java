package dev.parley.message.store;

import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.OutboxSource;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.convert.MongoConverter;

/**
 * Makes the documents of messages: the same as the converter, which reads them, would make. What each message has is put
 * there by name, since to have the converter find that out took longer than to store it.
 */
final class MessageWriter {

    private final MongoConverter converter;

    MessageWriter(MongoConverter converter) {
        this.converter = converter;
    }

    Document write(Message message) {
        Document document = new Document("_id", message.id())
                .append("tenantId", message.tenantId())
                .append("conversationId", message.conversationId())
                .append("seq", message.seq())
                .append("ordinal", message.ordinal())
                .append("senderOrdinal", message.senderOrdinal())
                .append("senderId", message.senderId())
                .append("senderKind", message.senderKind().name());
        append(document, "clientId", message.clientId());
        append(document, "clientKey", message.clientKey());
        append(document, "title", message.title());
        append(document, "blocks", converted(message.blocks()));
        append(document, "replyTo", converted(message.replyTo()));
        append(document, "mentions", message.mentions());
        append(document, "createdAt", date(message.createdAt()));
        append(document, "changes", converted(message.changes()));
        append(document, OutboxSource.EVENTS, events(message.outbox()));
        append(document, OutboxSource.SINCE, date(message.outboxSince()));
        return document;
    }

    private static void append(Document document, String field, @Nullable Object value) {
        if (value != null) {
            document.append(field, value);
        }
    }

    private @Nullable Object converted(@Nullable Object value) {
        return value == null ? null : converter.convertToMongoType(value);
    }

    private static @Nullable Date date(@Nullable Instant time) {
        return time == null ? null : Date.from(time);
    }

    private static @Nullable List<Document> events(@Nullable List<PendingEvent> pending) {
        return pending == null
                ? null
                : pending.stream().map(MessageWriter::write).toList();
    }

    static Document write(PendingEvent event) {
        return new Document("id", event.id())
                .append("type", event.type())
                .append("topic", event.topic())
                .append("key", event.key())
                .append("order", event.order())
                .append("time", Date.from(event.time()))
                .append("data", event.data());
    }
}
