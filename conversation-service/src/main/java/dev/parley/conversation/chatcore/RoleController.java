package dev.parley.conversation.chatcore;

import dev.parley.conversation.role.ChangeRoles;
import dev.parley.events.Participant.Role;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.ConversationView;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Lets chat-core clients change the roles of participants. */
@RestController
class RoleController {

    private static final int MAX_ROLE = 128;

    private final ChangeRoles changeRoles;
    private final ChangedConversations changed;

    RoleController(ChangeRoles changeRoles, ChangedConversations changed) {
        this.changeRoles = changeRoles;
        this.changed = changed;
    }

    @PatchMapping("/api/v1/conversations/{conversationId}/participants/{userId}")
    Mono<ConversationView> give(
            @PathVariable String conversationId,
            @PathVariable String userId,
            @RequestBody JsonNode body,
            Caller caller) {
        Fields fields = Fields.of(body);
        Role role = role(fields);
        fields.verify();
        return changed.view(changeRoles.give(caller, conversationId, userId, role), caller);
    }

    /** Reads the field {@code role}. */
    static Role role(Fields fields) {
        String role = fields.text("role", 1, MAX_ROLE);
        if (!role.isEmpty() && !role.equals("admin") && !role.equals("member")) {
            fields.reject("role", "value", "must be admin or member");
        }
        return role.equals("admin") ? Role.ADMIN : Role.MEMBER;
    }
}
