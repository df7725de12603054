package dev.parley.auth.token;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The public keys by which anybody verifies our tokens, as a JWK set (RFC 7517, section 5). */
@RestController
class PublishedKeys {

    /** Short against the time that a key is published before its first use. */
    private static final CacheControl CACHING =
            CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

    private final SigningKeys keys;

    PublishedKeys(SigningKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/.well-known/jwks.json")
    Mono<ResponseEntity<String>> published() {
        return keys.published().map(set -> ResponseEntity.ok()
                .cacheControl(CACHING)
                .contentType(MediaType.APPLICATION_JSON)
                .body(set.toString(true)));
    }
}
