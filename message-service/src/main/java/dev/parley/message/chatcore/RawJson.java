package dev.parley.message.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.json.RequestJson;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** A JSON text, and the tree that was read from it. */
record RawJson(JsonNode tree, String json) {

    private static final JsonFactory JSON = new JsonFactory();

    /** @throws ApiException {@link PlatformError#MALFORMED_REQUEST} if it is no JSON */
    static RawJson parse(String json) {
        return new RawJson(RequestJson.parse(json), json);
    }

    /** The value of a field of the outermost object as it was written; if the field is repeated, the last, as in the tree. */
    String textOf(String field) {
        String text = null;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
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
