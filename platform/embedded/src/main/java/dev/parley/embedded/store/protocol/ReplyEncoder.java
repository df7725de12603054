package dev.parley.embedded.store.protocol;

import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.OpCode;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import dev.parley.embedded.store.document.StoredDocument;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes replies. Unlike the library's encoder it copies documents that are bytes already. */
final class ReplyEncoder extends MessageToByteEncoder<MongoMessage> {

    @Override
    protected void encode(ChannelHandlerContext context, MongoMessage message, ByteBuf out) {
        int start = out.writerIndex();
        out.writeIntLE(0);
        out.writeIntLE(message.getHeader().getRequestID());
        out.writeIntLE(message.getHeader().getResponseTo());
        out.writeIntLE(OpCode.OP_MSG.getId());
        out.writeIntLE(0);
        out.writeByte(MongoMessage.SECTION_KIND_BODY);
        writeDocument(message.getDocument(), out);
        out.setIntLE(start, out.writerIndex() - start);
    }

    private static void writeDocument(Map<?, ?> document, ByteBuf out) {
        int start = begin(out);
        document.forEach((name, value) -> writeField((String) name, value, out));
        end(start, out);
    }

    private static void writeArray(Collection<?> elements, ByteBuf out) {
        int start = begin(out);
        int index = 0;
        for (Object element : elements) {
            writeField(Integer.toString(index++), element, out);
        }
        end(start, out);
    }

    private static int begin(ByteBuf out) {
        int start = out.writerIndex();
        out.writeIntLE(0);
        return start;
    }

    private static void end(int start, ByteBuf out) {
        out.writeByte(BsonConstants.TERMINATING_BYTE);
        out.setIntLE(start, out.writerIndex() - start);
    }

    private static void writeField(String name, @Nullable Object value, ByteBuf out) {
        byte type = value instanceof StoredDocument
                ? BsonConstants.TYPE_EMBEDDED_DOCUMENT
                : BsonEncoder.determineType(value);
        out.writeByte(type);
        out.writeCharSequence(name, StandardCharsets.UTF_8);
        out.writeByte(BsonConstants.STRING_TERMINATION);
        if (value instanceof StoredDocument stored) {
            out.writeBytes(stored.bytes());
        } else if (value instanceof Map<?, ?> document) {
            writeDocument(document, out);
        } else if (value instanceof Collection<?> elements) {
            writeArray(elements, out);
        } else {
            BsonEncoder.encodeValue(type, value, out);
        }
    }
}
