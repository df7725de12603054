package dev.parley.message.store;

import dev.parley.platform.encryption.MessageContent;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.OutboxSource;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.convert.MongoConverter;

/**
 * Makes the document of a message: the same document as the converter, which reads it, would make. The fields are written
 * by name, because the converter took longer to find them out than the store took to store them.
 */
final class MessageWriter {

    private final MongoConverter converter;

    MessageWriter(MongoConverter converter) {
        this.converter = converter;
    }

    Document write(Message message) {
        MessagePosition position = message.position();
        MessageSender sender = message.sender();
        MessageContent content = message.content();
        PendingEvents pending = message.pending();
        Document document = new Document("_id", message.id())
                .append("tenantId", message.tenantId())
                .append("conversationId", message.conversationId())
                .append("seq", position.seq())
                .append("ordinal", position.ordinal())
                .append("senderOrdinal", position.senderOrdinal())
                .append("senderId", sender.userId())
                .append("senderKind", sender.kind().name());
        append(document, "clientId", sender.clientId());
        append(document, "clientKey", sender.clientKey());
        append(document, "fingerprint", sender.fingerprint());
        append(document, "title", content.title());
        append(document, "blocks", converted(content.blocks()));
        append(document, "replyTo", converted(content.replyTo()));
        append(document, "mentions", message.mentions());
        append(document, "createdAt", Date.from(message.createdAt()));
        append(document, "changes", converted(message.changes()));
        append(document, "past", converted(message.past()));
        if (pending != null) {
            append(document, OutboxSource.EVENTS, events(pending.events()));
            append(document, OutboxSource.SINCE, date(pending.since()));
        }
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
        Document document = new Document("id", event.id())
                .append("type", event.type())
                .append("topic", event.topic())
                .append("key", event.key())
                .append("order", event.order())
                .append("time", Date.from(event.time()))
                .append("data", event.data());
        append(document, "traceparent", event.traceparent());
        return document;
    }
}
