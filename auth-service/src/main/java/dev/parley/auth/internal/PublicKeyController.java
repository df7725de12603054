package dev.parley.auth.internal;

import dev.parley.auth.token.SigningKeys;
import dev.parley.auth.token.SigningSettings;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Publishes the public keys with which access tokens are verified, as a JWK set (RFC 7517, section 5). */
@RestController
class PublicKeyController {

    private final SigningKeys keys;
    private final CacheControl caching;

    PublicKeyController(SigningKeys keys, SigningSettings settings) {
        this.keys = keys;
        this.caching = CacheControl.maxAge(settings.jwksMaxAge()).cachePublic();
    }

    @GetMapping("/.well-known/jwks.json")
    Mono<ResponseEntity<String>> published() {
        return keys.published().map(set -> ResponseEntity.ok()
                .cacheControl(caching)
                .contentType(MediaType.APPLICATION_JSON)
                .body(set.toString(true)));
    }
}
