package dev.parley.embedded.store;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** Documents as the bytes that are stored. */
final class Bson {

    private static final int TOO_LARGE = 10334;
    private static final int INITIAL_BYTES = 512;

    private Bson() {}

    static byte[] encode(Document document) {
        ByteBuf buffer = Unpooled.buffer(INITIAL_BYTES);
        BsonEncoder.encodeDocument(document, buffer);
        int length = buffer.readableBytes();
        if (length > BsonConstants.MAX_BSON_OBJECT_SIZE) {
            throw new MongoServerError(
                    TOO_LARGE,
                    "BSONObjectTooLarge",
                    "The document has " + length + " bytes, more than " + BsonConstants.MAX_BSON_OBJECT_SIZE);
        }
        return Arrays.copyOf(buffer.array(), length);
    }

    static Document decode(byte[] bytes) {
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    }

    /** A document as an operator expression, {@code {$gt: 3}}, and not a value to compare with. */
    static boolean isOperators(Object value) {
        return value instanceof Document document
                && !document.isEmpty()
                && document.keySet().iterator().next().startsWith("$")
                && !document.containsKey("$ref");
    }
}
