package dev.parley.notification.webpush;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Instant;

/** Makes the tokens by which push services know this platform, one for each of them, and uses each for a while. */
final class VapidTokens {

    /** Push services are few; but users name them. */
    private static final int MAX_SERVICES = 1_000;

    private final WebPushSettings settings;
    private final Cache<String, String> byOrigin;

    VapidTokens(WebPushSettings settings) {
        this.settings = settings;
        this.byOrigin = Caffeine.newBuilder()
                .maximumSize(MAX_SERVICES)
                .expireAfterWrite(settings.tokenLifetime().dividedBy(2))
                .build();
    }

    /** Takes a millisecond or so where there is none yet. */
    String authorization(VapidKeyPair keys, URI endpoint) {
        return byOrigin.get(
                endpoint.getScheme() + "://" + endpoint.getRawAuthority(),
                origin ->
                        keys.authorization(endpoint, Instant.now().plus(settings.tokenLifetime()), settings.subject()));
    }
}
