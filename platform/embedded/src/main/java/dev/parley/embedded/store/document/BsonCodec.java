package dev.parley.embedded.store.document;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import dev.parley.embedded.store.error.StoreError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** Turns documents into the bytes that are stored, and back. */
public final class BsonCodec {

    private static final int INITIAL_BYTES = 512;

    private BsonCodec() {}

    public static byte[] encode(Document document) {
        ByteBuf buffer = Unpooled.buffer(INITIAL_BYTES);
        BsonEncoder.encodeDocument(document, buffer);
        int length = buffer.readableBytes();
        if (length > BsonConstants.MAX_BSON_OBJECT_SIZE) {
            throw StoreError.DOCUMENT_TOO_LARGE.with(
                    "The document has " + length + " bytes, more than " + BsonConstants.MAX_BSON_OBJECT_SIZE);
        }
        return Arrays.copyOf(buffer.array(), length);
    }

    public static Document decode(byte[] bytes) {
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    }
}
