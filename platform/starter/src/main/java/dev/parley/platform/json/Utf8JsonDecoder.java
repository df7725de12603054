package dev.parley.platform.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.MimeType;
import tools.jackson.databind.json.JsonMapper;

/** Reads a body as JSON in UTF-8. Jackson alone would guess other encodings and let pass some bytes that are no UTF-8. */
final class Utf8JsonDecoder extends JacksonJsonDecoder {

    Utf8JsonDecoder(JsonMapper json) {
        super(json);
    }

    @Override
    public Object decode(
            DataBuffer buffer, ResolvableType type, @Nullable MimeType mimeType, @Nullable Map<String, Object> hints) {
        byte[] body = new byte[buffer.readableByteCount()];
        buffer.read(body);
        DataBufferUtils.release(buffer);
        RequestJson.text(body);
        return super.decode(DefaultDataBufferFactory.sharedInstance.wrap(body), type, mimeType, hints);
    }
}
