package dev.parley.message.encryption;

import dev.parley.platform.encryption.ConversationKey;
import dev.parley.platform.encryption.EncryptionSettings;
import dev.parley.platform.encryption.KeyManagement;
import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import dev.parley.platform.job.Term;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Wraps data keys with the current master key if another one wraps them: at start, and then at intervals. The data keys stay
 * the same, so what they sealed can be read all the time. The next run goes on where a stop interrupted one.
 */
@Component
final class KeyRotation {

    private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);
    private static final int MAX_AT_ONCE = 8;

    private record Batch(String last, long rewrapped) {}

    private final KeyStore store;
    private final KeyManagement management;
    private final EncryptionSettings settings;

    KeyRotation(KeyStore store, KeyManagement management, EncryptionSettings settings) {
        this.store = store;
        this.management = management;
        this.settings = settings;
    }

    @Bean
    static RecurringJob rewrapping(RecurringJobs jobs, KeyRotation rotation, EncryptionSettings settings) {
        return jobs.once(
                "rewrapping of data keys", settings.rotationInterval(), Mono.defer(rotation::rotateIfConfigured));
    }

    /** @return how many data keys were wrapped anew; those that could not be are left to the next run */
    Mono<Long> rotate() {
        return Flux.fromIterable(management.keyIds())
                .filter(id -> !id.equals(management.currentKeyId()))
                .concatMap(old -> batch(old, "").expand(done -> batch(old, done.last())))
                .map(Batch::rewrapped)
                .reduce(0L, Long::sum);
    }

    /** The next keys that a master key wraps; empty after the last. */
    private Mono<Batch> batch(String old, String after) {
        return store.wrappedBy(old, after, settings.rotationBatch())
                .collectList()
                .filter(keys -> !keys.isEmpty())
                .flatMap(keys -> Flux.fromIterable(keys)
                        .flatMap(key -> Term.step(rewrapped(key)), MAX_AT_ONCE)
                        .filter(done -> done)
                        .count()
                        .map(count -> new Batch(keys.get(keys.size() - 1).conversationId(), count)));
    }

    private Mono<Boolean> rewrapped(ConversationKey key) {
        return management
                .unwrap(key.toWrapped(), key.conversationId())
                .flatMap(dataKey -> management.wrap(dataKey, key.conversationId()))
                .map(wrapped -> ConversationKey.of(key.conversationId(), key.keyId(), wrapped))
                .flatMap(again -> store.rewrap(key, again))
                .onErrorResume(failure -> {
                    log.warn(
                            "Could not rewrap the data key of conversation {}: master key {} wraps it still",
                            key.conversationId(),
                            key.masterKeyId(),
                            failure);
                    return Mono.just(false);
                });
    }

    private Mono<Long> rotateIfConfigured() {
        return settings.masterKeys().isEmpty()
                ? Mono.empty()
                : rotate().doOnNext(count -> {
                    if (count > 0) {
                        log.info("Rewrapped {} data keys with master key {}", count, management.currentKeyId());
                    }
                });
    }
}
