package dev.parley.notification.internal;

import dev.parley.notification.webpush.VapidKeys;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells what clients need to be told before they can be pushed to. */
@RestController
class PushConfigController {

    record PushConfig(String vapidPublicKey) {}

    private final VapidKeys keys;

    PushConfigController(VapidKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/internal/platform/push-config")
    Mono<PushConfig> config() {
        return keys.publicKey().map(PushConfig::new);
    }
}
