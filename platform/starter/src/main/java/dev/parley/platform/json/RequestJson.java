package dev.parley.platform.json;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads a request as JSON, in every service alike. What is in it is checked where its fields are read: {@link
 * AcceptedJson}.
 */
public final class RequestJson {

    /** Values of one request, those within values included: a megabyte of empty objects takes 40 in memory. */
    static final int MAX_VALUES = 50_000;

    private static final JsonMapper JSON = bounded(new JsonMapper());

    private RequestJson() {}

    /** The mapper, but it reads no tree with more than {@link #MAX_VALUES} values. */
    static JsonMapper bounded(JsonMapper json) {
        return json.rebuild().addModule(trees("request trees", MAX_VALUES)).build();
    }

    /** @param name of modules with the same name only one is used */
    static JacksonModule trees(String name, int maxValues) {
        return new SimpleModule(name).addDeserializer(JsonNode.class, new JsonTreeDeserializer(maxValues));
    }

    /** @throws ApiException {@link PlatformError#MALFORMED_REQUEST} if it is no JSON */
    public static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException malformed) {
            throw malformed("The body is not valid JSON");
        }
    }

    /**
     * The text of a body.
     *
     * @throws ApiException {@link PlatformError#MALFORMED_REQUEST} if it is not in UTF-8 (RFC 8259, section 8.1). What has NUL in it is in
     *     another encoding, because JSON has none
     */
    public static String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw malformed("The body is not in UTF-8, or holds NUL");
            }
            return text;
        } catch (CharacterCodingException malformed) {
            throw malformed("The body is not in UTF-8");
        }
    }

    private static ApiException malformed(String detail) {
        return ApiException.of(PlatformError.MALFORMED_REQUEST, detail);
    }
}
