package dev.parley.notification.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestingServicesTest {

    private final InetAddress service = InetAddress.getLoopbackAddress();

    @Test
    void restAfterSeveralFailuresInARow() {
        RestingServices resting = new RestingServices(Duration.ofHours(1));

        resting.failed(service);
        resting.failed(service);
        assertThat(resting.rests(service)).isFalse();
        resting.answered(service);
        resting.failed(service);
        resting.failed(service);
        assertThat(resting.rests(service)).isFalse();
        resting.failed(service);
        assertThat(resting.rests(service)).isTrue();
        resting.answered(service);
        assertThat(resting.rests(service)).isFalse();
    }

    @Test
    void restNoLongerThanTheyAreToldTo() {
        RestingServices resting = new RestingServices(Duration.ofNanos(1));

        for (int i = 0; i < 4; i++) {
            resting.failed(service);
        }

        assertThat(resting.rests(service)).isFalse();
    }
}
