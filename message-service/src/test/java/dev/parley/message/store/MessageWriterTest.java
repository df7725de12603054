package dev.parley.message.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.MessageRevision;
import dev.parley.events.Pin;
import dev.parley.events.QuoteState;
import dev.parley.events.Reaction;
import dev.parley.events.ReplyReference;
import dev.parley.events.SenderKind;
import dev.parley.platform.encryption.MessageContent;
import dev.parley.platform.event.PendingEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

class MessageWriterTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);

    @WritingConverter
    private enum BlockNames implements Converter<Block, Document> {
        WRITER;

        @Override
        public Document convert(Block block) {
            return new Document("block", block.toString());
        }
    }

    /** As the starter stores the values of growing lists. */
    @WritingConverter
    private enum SenderKindNames implements Converter<SenderKind, String> {
        WRITER;

        @Override
        public String convert(SenderKind kind) {
            return kind.name();
        }
    }

    private static final MessagePast PAST = new MessagePast(
            List.of(new MessagePast.Edit(NOW, List.of("user-4")), new MessagePast.Edit(NOW, null)),
            List.of(Block.Text.plain("before"), Block.Text.plain("")),
            List.of(new MessagePast.ReactionStep(NOW, "user-2", "+1", true)),
            List.of(new MessagePast.PinStep(NOW, null), new MessagePast.PinStep(NOW, new Pin("user-2", NOW))),
            NOW,
            null,
            null,
            null);

    static Stream<Message> messages() {
        PendingEvent event = new PendingEvent("event-1", "message.created", "topic", "key", 7, NOW, "{}", null);
        MessageRevision edited = MessageRevision.after(null, NOW).edited();
        return Stream.of(
                message(null, List.of(), null, null, null, List.of(event)),
                message("client-1", List.of(Block.Text.plain("hello")), null, List.of(), null, null),
                message(
                        "client-2",
                        List.of(Block.Text.plain("hello"), Block.Text.plain("again")),
                        new ReplyReference("message-0", "Alice", "hi", 3L, "alice", QuoteState.TEXT),
                        List.of("user-2", "user-3"),
                        edited.with(new Pin("user-2", NOW)).with(List.of(new Reaction("+1", List.of("user-3")))),
                        List.of(event, event)));
    }

    private static Message message(
            String clientId,
            List<Block> blocks,
            ReplyReference replyTo,
            List<String> mentions,
            MessageRevision changes,
            List<PendingEvent> outbox) {
        return new Message(
                "message-1",
                "acme",
                "conversation-1",
                new MessagePosition(7, 6, 5),
                new MessageSender(
                        "user-1",
                        SenderKind.USER,
                        clientId,
                        clientId == null ? null : "user-1/" + clientId,
                        clientId == null ? null : "fingerprint"),
                new MessageContent(clientId, blocks, replyTo),
                mentions,
                NOW,
                changes,
                changes == null ? null : PAST,
                outbox == null ? null : new PendingEvents(outbox, NOW));
    }

    /** The order of the fields too: the store keeps it. */
    @ParameterizedTest
    @MethodSource("messages")
    void writesWhatTheConverterWouldWrite(Message message) {
        MappingMongoConverter converter = converter();
        Document expected = new Document();
        converter.write(message, expected);

        Document written = new MessageWriter(converter).write(message);

        assertThat(written.toJson()).isEqualTo(expected.toJson());
    }

    private static MappingMongoConverter converter() {
        MongoCustomConversions conversions =
                new MongoCustomConversions(List.of(BlockNames.WRITER, SenderKindNames.WRITER));
        MongoMappingContext context = new MongoMappingContext();
        context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        MappingMongoConverter converter = new MappingMongoConverter(NoOpDbRefResolver.INSTANCE, context);
        converter.setCustomConversions(conversions);
        converter.setTypeMapper(new DefaultMongoTypeMapper(null));
        converter.afterPropertiesSet();
        return converter;
    }
}
