package dev.parley.notification.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.notification.NotificationServiceTest;
import dev.parley.notification.provider.ProviderName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PushLogTest extends NotificationServiceTest {

    private static final String PATH = "/internal/platform/pushes?userId=";

    @Autowired
    private PushQueue queue;

    @Test
    void tellsSupportWhatBecameOfThePushesForAMessage() {
        NewPush muted = new NewPush(
                "notice-" + alice, "message", TENANT, alice, "phone", ProviderName.EXPO, conversation, "m-1", 1);
        NewPush other = new NewPush(
                "other-" + alice, "message", TENANT, alice, "phone", ProviderName.EXPO, conversation, "m-2", 2);
        queue.suppressed(List.of(muted, other), Suppression.MUTED).block();

        var pushes = asService().get(PATH + alice + "&messageId=m-1").body().path("pushes");
        assertThat(pushes).hasSize(1);
        assertThat(pushes.get(0).path("status").asString()).isEqualTo("suppressed");
        assertThat(pushes.get(0).path("reason").asString()).isEqualTo("muted");
        assertThat(pushes.get(0).path("provider").asString()).isEqualTo("expo");
        assertThat(asService().get(PATH + alice).body().path("pushes")).hasSize(2);
        assertThat(asService().get(PATH + bob).body().path("pushes")).isEmpty();
    }

    @Test
    void tellsUsersNothing() {
        assertThat(as(alice).get(PATH + alice).status()).isIn(401, 403);
        assertThat(as(alice).post("/internal/platform/pushes/replay", Map.of()).status())
                .isIn(401, 403);
    }

    @Test
    void replaysByOneCall() {
        var answer = asService().callText("POST", "/internal/platform/pushes/replay", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("more").asBoolean()).isFalse();
    }
}
