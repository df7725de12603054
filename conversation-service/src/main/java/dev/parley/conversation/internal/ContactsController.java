package dev.parley.conversation.internal;

import dev.parley.conversation.MembershipStore;
import dev.parley.platform.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Answers other services which users share a conversation. */
@RestController
class ContactsController {

    private static final int MAX_USERS = 200;
    private static final int MAX_ID_LENGTH = 128;

    record Answer(boolean contacts) {}

    record Contacts(List<String> userIds) {}

    private final MembershipStore memberships;

    ContactsController(MembershipStore memberships) {
        this.memberships = memberships;
    }

    /** Whether two users are members of the same conversation now. */
    @GetMapping("/internal/platform/contacts")
    Mono<Answer> contacts(@RequestParam String userId, @RequestParam String otherId) {
        return memberships.share(userId, otherId).map(Answer::new);
    }

    /** Those of some users who are members of a conversation of one user now, in no order. */
    @PostMapping("/internal/platform/contacts")
    Mono<Contacts> contactsAmong(@RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        String userId = fields.text("userId", 1, MAX_ID_LENGTH);
        List<String> others = fields.texts("userIds", 0, MAX_USERS, MAX_ID_LENGTH);
        fields.verify();
        return memberships.contactsAmong(userId, others).collectList().map(Contacts::new);
    }
}
