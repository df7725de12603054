package dev.parley.conversation.chatcore;

import dev.parley.conversation.ConversationSettings;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.creation.CreateGroup;
import dev.parley.conversation.creation.Creation;
import dev.parley.conversation.creation.OpenDirect;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldNames;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.ConversationView;
import dev.parley.surface.chatcore.IdempotencyKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Lets chat-core clients create groups and open direct conversations. */
@RestController
@RequestMapping("/api/v1/conversations")
class CreationController {

    private static final int MAX_ID = 128;

    private final CreateGroup createGroup;
    private final OpenDirect openDirect;
    private final ConversationAccess access;
    private final ConversationViews views;
    private final ConversationSettings settings;

    CreationController(
            CreateGroup createGroup,
            OpenDirect openDirect,
            ConversationAccess access,
            ConversationViews views,
            ConversationSettings settings) {
        this.createGroup = createGroup;
        this.openDirect = openDirect;
        this.access = access;
        this.views = views;
        this.settings = settings;
    }

    @PostMapping("/group")
    Mono<ResponseEntity<ConversationView>> createGroup(
            @RequestBody JsonNode body,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey,
            Caller caller) {
        Fields fields = Fields.of(body);
        String name = fields.name("name", settings.maxNameLength());
        String description = fields.optionalText("description", 0, settings.maxDescriptionLength());
        List<String> participantIds = fields.texts("participantIds", 0, settings.maxParticipantsAtFirst(), MAX_ID);
        IdempotencyKey.check(idempotencyKey, fields);
        fields.verify();
        return createGroup
                .create(caller, name, description, participantIds, idempotencyKey)
                .onErrorMap(ApiException.class, FieldNames.ofList("user", "participantIds", participantIds)::name)
                .flatMap(result -> answer(result, caller));
    }

    @PostMapping("/direct")
    Mono<ResponseEntity<ConversationView>> direct(@RequestBody JsonNode body, Caller caller) {
        Fields fields = Fields.of(body);
        String userId = fields.text("userId", 1, MAX_ID);
        fields.verify();
        return openDirect
                .open(caller, userId)
                .onErrorMap(ApiException.class, FieldNames.ofField("user", "userId")::name)
                .flatMap(result -> answer(result, caller));
    }

    private Mono<ResponseEntity<ConversationView>> answer(Creation result, Caller caller) {
        HttpStatus status = result.created() ? HttpStatus.CREATED : HttpStatus.OK;
        return access.require(caller, result.conversation().id(), Action.READ)
                .flatMap(views::of)
                .map(view -> ResponseEntity.status(status).body(view));
    }
}
