package dev.parley.notification.chatcore;

import dev.parley.notification.preference.StoredPreferences;
import dev.parley.notification.preference.UserPreferences;
import dev.parley.platform.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The preferences of the caller; JSON null if the caller has never chosen any. */
@RestController
@RequestMapping("/api/v1/users/me/preferences")
class PreferencesController {

    private final StoredPreferences preferences;
    private final JsonMapper json;

    PreferencesController(StoredPreferences preferences, JsonMapper json) {
        this.preferences = preferences;
        this.json = json;
    }

    @GetMapping
    Mono<JsonNode> get(Caller caller) {
        return view(preferences.of(caller.tenantId(), caller.userId()));
    }

    @PatchMapping
    Mono<JsonNode> change(Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
        return view(preferences.change(caller.tenantId(), caller.userId(), PreferencesRequest.read(body)));
    }

    private Mono<JsonNode> view(Mono<UserPreferences> chosen) {
        return chosen.<JsonNode>map(some -> json.valueToTree(PreferencesView.of(some)))
                .defaultIfEmpty(JsonNodeFactory.instance.nullNode());
    }
}
