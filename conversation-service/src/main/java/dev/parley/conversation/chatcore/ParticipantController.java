package dev.parley.conversation.chatcore;

import dev.parley.conversation.membership.AddMembers;
import dev.parley.conversation.membership.LeaveConversation;
import dev.parley.conversation.membership.RemoveMembers;
import dev.parley.events.Participant.Role;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldNames;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.ConversationView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Lets chat-core clients add and remove participants, and leave. */
@RestController
@RequestMapping("/api/v1/conversations/{conversationId}")
class ParticipantController {

    /** Users that can be added with one request. */
    private static final int MAX_ADDED = 1_000;

    private static final int MAX_ID = 128;

    private final AddMembers addMembers;
    private final RemoveMembers removeMembers;
    private final LeaveConversation leaveConversation;
    private final ChangedConversations changed;

    ParticipantController(
            AddMembers addMembers,
            RemoveMembers removeMembers,
            LeaveConversation leaveConversation,
            ChangedConversations changed) {
        this.addMembers = addMembers;
        this.removeMembers = removeMembers;
        this.leaveConversation = leaveConversation;
        this.changed = changed;
    }

    @PostMapping("/participants")
    Mono<ConversationView> add(@PathVariable String conversationId, @RequestBody JsonNode body, Caller caller) {
        Fields fields = Fields.of(body);
        List<String> userIds = fields.texts("userIds", 1, MAX_ADDED, MAX_ID);
        Role role = fields.has("role") ? RoleController.role(fields) : Role.MEMBER;
        fields.verify();
        return changed.view(addMembers.add(caller, conversationId, userIds, role), caller)
                .onErrorMap(ApiException.class, FieldNames.ofList("user", "userIds", userIds)::name);
    }

    @DeleteMapping("/participants/{userId}")
    Mono<ConversationView> remove(@PathVariable String conversationId, @PathVariable String userId, Caller caller) {
        return changed.view(removeMembers.remove(caller, conversationId, userId), caller);
    }

    @PostMapping("/leave")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> leave(
            @PathVariable String conversationId,
            @RequestBody(required = false) @Nullable JsonNode body,
            Caller caller) {
        boolean andDelete = false;
        if (body != null) {
            Fields fields = Fields.of(body);
            andDelete = fields.has("andDelete") && fields.flag("andDelete");
            fields.verify();
        }
        return leaveConversation.leave(caller, conversationId, andDelete);
    }
}
