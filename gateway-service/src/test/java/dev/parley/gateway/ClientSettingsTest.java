package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class ClientSettingsTest extends GatewayTest {

    @Test
    void tellsClientsAboutTheInstallationOnceAllOfItIsReady() throws Exception {
        PRESENCE.ready = false;
        try (ConfigurableApplicationContext gateway = start(
                "--parley.client-settings.max-pinned-conversations=7",
                "--parley.client-settings.max-text-length=700",
                "--parley.client-settings.uploads.max-image-size=1KB",
                "--parley.client-settings.uploads.max-files-per-message=3",
                "--parley.client-settings.uploads.allowed-types=image/png,text/plain",
                "--parley.encryption.mode=server")) {
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                HttpResponse<String> early = send(request(gateway, "/api/v1/config"));
                assertThat(early.statusCode()).isEqualTo(503);
                assertThat(json(early).get("detail").asString()).isEqualTo("Still starting: presence");
            });

            PRESENCE.ready = true;

            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                HttpResponse<String> response = send(request(gateway, "/api/v1/config"));
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(json(response)).isEqualTo(JSON.readTree("""
                        {"maxPinnedConversations": 7, "maxTextLength": 700, "authMode": "builtin", "encryptionMode": "server",
                         "uploads": {"maxSize": {"image": 1024, "video": 26214400, "audio": 10485760, "document": 10485760,
                                                 "avatar": 5242880},
                                     "maxFilesPerMessage": 3, "allowedTypes": ["image/png", "text/plain"]}}
                        """));
            });
            PRESENCE.ready = false;
            assertThat(send(request(gateway, "/api/v1/config")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tellsClientsTheKeyForWebPushOnceItIsKnownAndTheRestInAnyCase() throws Exception {
        String publicKey = "B".repeat(87);
        try (ConfigurableApplicationContext gateway = start()) {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                HttpResponse<String> unknown = send(request(gateway, "/api/v1/config"));
                assertThat(unknown.statusCode()).isEqualTo(200);
                assertThat(json(unknown).has("vapidPublicKey")).isFalse();
                assertThat(json(unknown).has("maxTextLength")).isTrue();
            });

            NOTIFICATION.vapidPublicKey = publicKey;
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(key(gateway)).isEqualTo(publicKey));

            NOTIFICATION.vapidPublicKey = null;
            assertThat(key(gateway)).isEqualTo(publicKey);
        } finally {
            NOTIFICATION.reset();
        }
    }

    private static String key(ConfigurableApplicationContext gateway) throws Exception {
        return json(send(request(gateway, "/api/v1/config")))
                .path("vapidPublicKey")
                .asString("");
    }
}
