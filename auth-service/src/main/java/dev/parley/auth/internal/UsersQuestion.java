package dev.parley.auth.internal;

import dev.parley.platform.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A question of a service about some users of a tenant.
 *
 * @param names the ids or the usernames, each once
 */
record UsersQuestion(String tenantId, List<String> names) {

    private static final int MAX_NAME = 128;

    /**
     * Reads the body of a request.
     *
     * @param field that lists the names
     * @param max how many it may list
     * @throws dev.parley.platform.error.ApiException naming all fields that are wrong
     */
    static UsersQuestion read(@Nullable JsonNode body, String field, int max) {
        Fields fields = Fields.of(body);
        UsersQuestion question =
                new UsersQuestion(fields.text("tenantId", 1, MAX_NAME), fields.texts(field, 0, max, MAX_NAME));
        fields.verify();
        return question;
    }
}
