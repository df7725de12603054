package dev.parley.conversation.internal;

import dev.parley.conversation.MembershipStore;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers other services whether two users share a conversation. */
@RestController
class ContactsController {

    record Answer(boolean contacts) {}

    private final MembershipStore memberships;

    ContactsController(MembershipStore memberships) {
        this.memberships = memberships;
    }

    /** Whether two users are members of the same conversation now. */
    @GetMapping("/internal/platform/contacts")
    Mono<Answer> contacts(@RequestParam String userId, @RequestParam String otherId) {
        return memberships.share(userId, otherId).map(Answer::new);
    }
}
