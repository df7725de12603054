package dev.parley.presence.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UserLimitSettingsTest {

    @Test
    void findsAnEventHoweverTheSettingsWriteItsName() {
        UserLimitSettings settings = bound(
                Map.of(),
                Map.of(
                        "limits.events.send-message.per-second", 1,
                        "limits.events.send-message.burst", 2,
                        "limits.events.mark_read.per-second", 3,
                        "limits.events.mark_read.burst", 4));

        assertThat(settings.of("send_message")).isEqualTo(new Rate(1, 2));
        assertThat(settings.of("mark_read")).isEqualTo(new Rate(3, 4));
        assertThat(settings.of("typing")).isEqualTo(new Rate(20, 100));
    }

    @Test
    void letsTheEnvironmentChangePartOfARate() {
        UserLimitSettings settings = bound(
                Map.of("LIMITS_EVENTS_SENDMESSAGE_BURST", "7", "LIMITS_EVENTS_TYPING_PERSECOND", "0"),
                Map.of("limits.events.send-message.per-second", 10, "limits.events.send-message.burst", 60));

        assertThat(settings.of("send_message")).isEqualTo(new Rate(10, 7));
        assertThat(settings.of("typing").isUnlimited()).isTrue();
    }

    @Test
    void refusesARateWithoutABurst() {
        assertThatThrownBy(() -> new Rate(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(-1, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static UserLimitSettings bound(Map<String, Object> environment, Map<String, Object> file) {
        StandardEnvironment all = new StandardEnvironment();
        all.getPropertySources().addFirst(new MapPropertySource("file", file));
        all.getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "of-the-test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
        ConfigurationPropertySources.attach(all);
        return Binder.get(all).bindOrCreate("limits", UserLimitSettings.class);
    }
}
