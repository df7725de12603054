package dev.parley.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The service as it stands by itself. */
class StartTest extends NotificationServiceTest {

    @Test
    void isReady() {
        assertThat(as(alice).get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void nothingIsThereForStrangers() {
        assertThat(as(alice).get("/api/v1/users/me/nothing").status()).isEqualTo(404);
    }
}
