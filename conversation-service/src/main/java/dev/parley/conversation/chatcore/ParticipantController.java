package dev.parley.conversation.chatcore;

import dev.parley.conversation.change.Arrivals;
import dev.parley.conversation.change.Departures;
import dev.parley.conversation.change.Removal;
import dev.parley.conversation.change.Roles;
import dev.parley.conversation.conversation.Conversation;
import dev.parley.conversation.conversation.Member;
import dev.parley.conversation.membership.Memberships;
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
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Who comes into a group, goes, and is an admin, for chat-core clients. */
@RestController
@RequestMapping("/api/v1/conversations/{conversationId}")
class ParticipantController {

    /** Users that can be added with one request. */
    private static final int MAX_ADDED = 1_000;

    private static final int MAX_ID = 128;

    private final Arrivals arrivals;
    private final Departures departures;
    private final Roles roles;
    private final Removal removal;
    private final Memberships memberships;
    private final ConversationViews views;

    ParticipantController(
            Arrivals arrivals,
            Departures departures,
            Roles roles,
            Removal removal,
            Memberships memberships,
            ConversationViews views) {
        this.arrivals = arrivals;
        this.departures = departures;
        this.roles = roles;
        this.removal = removal;
        this.memberships = memberships;
        this.views = views;
    }

    @PostMapping("/participants")
    Mono<ConversationView> add(@PathVariable String conversationId, @RequestBody JsonNode body, Caller caller) {
        Fields fields = Fields.of(body);
        List<String> userIds = fields.texts("userIds", 1, MAX_ADDED, MAX_ID);
        Role role = fields.has("role") ? role(fields) : Role.MEMBER;
        fields.verify();
        return view(arrivals.add(caller, conversationId, userIds, role), caller)
                .onErrorMap(ApiException.class, FieldNames.ofList("user", "userIds", userIds)::name);
    }

    @DeleteMapping("/participants/{userId}")
    Mono<ConversationView> remove(@PathVariable String conversationId, @PathVariable String userId, Caller caller) {
        return view(departures.remove(caller, conversationId, userId), caller);
    }

    @PatchMapping("/participants/{userId}")
    Mono<ConversationView> give(
            @PathVariable String conversationId,
            @PathVariable String userId,
            @RequestBody JsonNode body,
            Caller caller) {
        Fields fields = Fields.of(body);
        Role role = role(fields);
        fields.verify();
        return view(roles.give(caller, conversationId, userId, role), caller);
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
        return removal.leave(caller, conversationId, andDelete);
    }

    /** Whoever made a change sees what came of it, also where it ended the caller's own part. */
    private Mono<ConversationView> view(Mono<Conversation> changed, Caller caller) {
        return changed.zipWhen(conversation -> memberships.of(conversation.id(), caller.userId()), Member::new)
                .flatMap(views::of);
    }

    private static Role role(Fields fields) {
        String role = fields.text("role", 1, MAX_ID);
        if (!role.isEmpty() && !role.equals("admin") && !role.equals("member")) {
            fields.reject("role", "value", "must be admin or member");
        }
        return role.equals("admin") ? Role.ADMIN : Role.MEMBER;
    }
}
