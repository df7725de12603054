package dev.parley.embedded.store.protocol;

import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.OpCode;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** The library's decoder, which here also accepts messages that want no answer (writes with {@code w: 0}). */
final class ProtocolDecoder extends MongoWireProtocolHandler {

    private static final int OP_CODE_AT = 12;
    private static final int FLAGS_AT = 16;
    private static final int MIN_MESSAGE = 20;
    private static final int MORE_TO_COME = 1 << 1;

    /** A message whose sender reads no answer. */
    static final class Unanswered extends MongoMessage {
        Unanswered(MongoMessage message) {
            super(message.getChannel(), message.getHeader(), message.getDocument());
        }
    }

    @Override
    protected @Nullable ClientRequest decode(ChannelHandlerContext context, ByteBuf buffer) throws Exception {
        boolean unanswered = isComplete(buffer) && clearMoreToCome(buffer);
        ClientRequest request = super.decode(context, buffer);
        return unanswered && request instanceof MongoMessage message ? new Unanswered(message) : request;
    }

    private static boolean isComplete(ByteBuf buffer) {
        return buffer.readableBytes() >= MIN_MESSAGE && buffer.readableBytes() >= buffer.getIntLE(buffer.readerIndex());
    }

    private static boolean clearMoreToCome(ByteBuf buffer) {
        int start = buffer.readerIndex();
        int flags = buffer.getIntLE(start + FLAGS_AT);
        if (buffer.getIntLE(start + OP_CODE_AT) != OpCode.OP_MSG.getId() || (flags & MORE_TO_COME) == 0) {
            return false;
        }
        buffer.setIntLE(start + FLAGS_AT, flags & ~MORE_TO_COME);
        return true;
    }
}
