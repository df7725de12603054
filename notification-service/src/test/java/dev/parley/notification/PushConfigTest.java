package dev.parley.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import org.junit.jupiter.api.Test;

class PushConfigTest extends NotificationServiceTest {

    private static final String PATH = "/internal/platform/push-config";

    @Test
    void tellsServicesTheKeyThatBrowsersSubscribeWith() {
        Answer first = asService().get(PATH);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body().path("vapidPublicKey").asString()).hasSize(87);
        assertThat(asService().get(PATH).body()).isEqualTo(first.body());
    }

    @Test
    void tellsUsersNothing() {
        assertThat(as(alice).get(PATH).status()).isIn(401, 403);
    }
}
