package dev.parley.auth.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.AuthError;
import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class PasswordHashingTest {

    private static final Password PASSWORD = new Password("correct horse");

    @Test
    void knowsAPasswordByItsHash() {
        PasswordHashing hashing = hashing(new PasswordSettings(19_456, 2, 1, 2, 10, 1, 10));
        PasswordHash hash = hashing.hash(PASSWORD).block();
        assertThat(hash.value()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hashing.matches(PASSWORD, hash).block()).isTrue();
        assertThat(hashing.matches(new Password("correct Horse"), hash).block()).isFalse();
        assertThat(hashing.matches(PASSWORD, hashing.decoy()).block()).isFalse();
        hashing.destroy();
    }

    @Test
    void refusesWhatDoesNotFitInTheQueue() {
        PasswordHashing hashing = hashing(new PasswordSettings(8_192, 2, 1, 1, 10, 1, 2));
        List<String> outcomes = Flux.range(0, 10)
                .flatMap(
                        i -> hashing.hash(PASSWORD)
                                .map(hash -> "hashed")
                                .onErrorResume(
                                        ApiException.class,
                                        refusal -> Mono.just(refusal.code().code() + " "
                                                + refusal.retryAfter().toSeconds())),
                        10)
                .collectList()
                .block();
        assertThat(outcomes).contains("hashed").contains(AuthError.BUSY.code() + " 2");
        assertThat(outcomes.stream().filter("hashed"::equals).count()).isBetween(3L, 9L);
        assertThat(hashing.hash(PASSWORD).block()).isNotNull();
        hashing.destroy();
    }

    @Test
    void checksPasswordsWhileMoreUsersRegisterThanFitInTheQueue() {
        PasswordHashing hashing = hashing(new PasswordSettings(8_192, 2, 1, 1, 1, 1, 2));
        PasswordHash known = hashing.hash(PASSWORD).block();
        AtomicInteger refused = new AtomicInteger();
        Disposable flood = Flux.range(0, 40)
                .flatMap(i -> hashing.hash(PASSWORD).onErrorComplete(failure -> refused.incrementAndGet() > 0), 40)
                .subscribe();

        assertThat(hashing.matches(PASSWORD, known).block()).isTrue();
        assertThat(refused).hasPositiveValue();
        flood.dispose();
        hashing.destroy();
    }

    @Test
    void printsNoSecret() {
        assertThat(PASSWORD).hasToString("***");
        assertThat(new PasswordHash("$argon2id$")).hasToString("***");
        assertThat(new CredentialStore.Credential("user", "$argon2id$").toString())
                .doesNotContain("argon2id");
    }

    private static PasswordHashing hashing(PasswordSettings settings) {
        return new PasswordHashing(settings, new SimpleMeterRegistry());
    }
}
