package dev.parley.presence.chatcore;

import dev.parley.platform.json.Fields;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the ids in what clients send. An id becomes a part of a path, where {@code ..}, a slash or a percent sign would mean
 * something else, and the service behind would refuse it without saying why.
 */
final class SubjectId {

    static final int MAX_LENGTH = 128;

    /** Letters and digits, and between them what ids are put together with. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_~:@+-]+(\\.[A-Za-z0-9_~:@+-]+)*");

    private static final String RULE = "is not an id";

    private SubjectId() {}

    /** A required field. Notes what is wrong with it. */
    static String in(Fields fields, String name) {
        return fields.text(name, 1, MAX_LENGTH, ID, RULE);
    }

    /** The conversation that an argument names: it is the id itself, or an object with it. */
    static String ofConversation(JsonNode argument) {
        JsonNode named =
                argument.isString() ? JsonNodeFactory.instance.objectNode().set("conversationId", argument) : argument;
        Fields fields = Fields.of(named);
        String conversationId = in(fields, "conversationId");
        fields.verify();
        return conversationId;
    }

    /** A required list of at most so many. Notes what is wrong with it. */
    static List<String> listIn(Fields fields, String name, int max) {
        List<String> ids = fields.texts(name, 0, max, MAX_LENGTH);
        if (!ids.stream().allMatch(id -> ID.matcher(id).matches())) {
            fields.reject(name, "format", "has an entry that " + RULE);
        }
        return ids;
    }
}
