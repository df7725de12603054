package dev.parley.notification.webpush;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Knows the VAPID keys: those of the configuration, or those in the store. */
@Component
public class VapidKeys {

    private static final Logger log = LoggerFactory.getLogger(VapidKeys.class);

    private final VapidKeyStore store;
    private volatile @Nullable VapidKeyPair known;

    VapidKeys(VapidKeyStore store, WebPushSettings settings) {
        this.store = store;
        this.known =
                settings.publicKey().isEmpty() ? null : VapidKeyPair.of(settings.publicKey(), settings.privateKey());
    }

    /** What browsers subscribe with, an uncompressed P-256 point in base64url. */
    public Mono<String> publicKey() {
        return current().map(VapidKeyPair::publicKey);
    }

    /** Read once; while the store does not answer it fails, and is read again when it is asked for again. */
    Mono<VapidKeyPair> current() {
        return Mono.defer(() -> {
            VapidKeyPair pair = known;
            return pair != null ? Mono.just(pair) : store.loadOrCreate().doOnNext(loaded -> known = loaded);
        });
    }

    @EventListener(ApplicationReadyEvent.class)
    void makeAtTheFirstStart() {
        current()
                .subscribe(
                        pair -> log.info("The public VAPID key is {}", pair.publicKey()),
                        failure -> log.warn(
                                "The VAPID keys could not be read; it is tried again when they are needed", failure));
    }
}
