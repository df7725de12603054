package dev.parley.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.DocumentedMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The service as it stands by itself. */
class StartTest extends NotificationServiceTest {

    @Autowired
    private MeterRegistry meters;

    @Test
    void itsMetricsAreNamedOnThePage() throws IOException {
        DocumentedMetrics.assertNamed(meters);
    }

    @Test
    void isReady() {
        assertThat(as(alice).get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void nothingIsThereForStrangers() {
        assertThat(as(alice).get("/api/v1/users/me/nothing").status()).isEqualTo(404);
    }
}
