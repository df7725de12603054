package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** A setting that cannot be right keeps the service from starting, and the error names it. */
class SettingsTest {

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan("dev.parley.auth")
    static class Settings {}

    private final ApplicationContextRunner settings =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void theDefaultsAreAccepted() {
        settings.run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "parley.auth.tenants.default-tenant, ' '",
        "parley.auth.users.max-found, 0",
        "parley.auth.tokens.lifetime, 2d",
        "parley.auth.sessions.idle-timeout, 0s",
        "parley.auth.sessions.max-lifetime, 29d",
        "parley.auth.sessions.retry-grace, -1s",
        "parley.auth.signing.rotation, 0s",
        "parley.auth.signing.publish-ahead, 31d",
        "parley.auth.signing.refresh, 0s",
        "parley.auth.signing.jwks-max-age, -1s",
        "parley.auth.passwords.memory-kib, 7",
        "parley.auth.passwords.iterations, 0",
        "parley.auth.passwords.parallelism, 0",
        "parley.auth.passwords.sign-in-threads, 0",
        "parley.auth.passwords.sign-in-queue, 0",
        "parley.auth.passwords.registration-threads, 0",
        "parley.auth.passwords.registration-queue, 0",
        "parley.auth.registration-limits.address-per-second, 0",
        "parley.auth.registration-limits.address-burst, 0",
        "parley.auth.registration-limits.tenant-per-second, 0",
        "parley.auth.registration-limits.tenant-burst, 0",
        "parley.auth.registration-limits.max-tracked, 0",
        "parley.auth.login-limits.per-account, 0",
        "parley.auth.login-limits.per-address, 0",
        "parley.auth.login-limits.account-window, 0s",
        "parley.auth.login-limits.address-window, 0s",
        "parley.auth.login-limits.max-tracked, 0",
        "parley.auth.login-limits.trusted-hops, -1",
        "parley.auth.presence.timeout, 0s"
    })
    void aValueThatCannotBeRightIsRefusedByName(String property, String value) {
        settings.withPropertyValues(property + "=" + value)
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageStartingWith(property + " must "));
    }
}
