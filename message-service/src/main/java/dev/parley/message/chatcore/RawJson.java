package dev.parley.message.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON text, and the tree that was read from it. */
record RawJson(JsonNode tree, String json) {

    private static final JsonMapper JSON = new JsonMapper();

    /** @throws ApiException {@link PlatformError#MALFORMED_REQUEST} if it is no JSON */
    static RawJson parse(String json) {
        try {
            return new RawJson(JSON.readTree(json), json);
        } catch (JacksonException malformed) {
            throw ApiException.of(PlatformError.MALFORMED_REQUEST, "The body is not valid JSON");
        }
    }

    /** The value of a field of the outermost object as it was written; if the field is repeated, the last, as in the tree. */
    String textOf(String field) {
        String text = null;
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = parser.currentName().equals(field);
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                if (wanted) {
                    text = json.substring(start, (int) parser.currentLocation().getCharOffset());
                }
            }
        }
        if (text == null) {
            throw new IllegalArgumentException("No field " + field);
        }
        return text;
    }
}
