package dev.parley.auth.internal;

import dev.parley.auth.user.RepublishUsers;
import dev.parley.auth.user.RepublishUsers.Portion;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lets operators have what is known of users published again, a portion at a time. */
@RestController
class RepublishController {

    private final RepublishUsers republish;

    RepublishController(RepublishUsers republish) {
        this.republish = republish;
    }

    @PostMapping("/internal/platform/users/republish")
    Mono<Portion> republish(@RequestParam(defaultValue = "") String after) {
        return republish.publish(after);
    }
}
