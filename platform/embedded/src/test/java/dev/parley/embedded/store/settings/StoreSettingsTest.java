package dev.parley.embedded.store.settings;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {

    private static final StoreSettings DEFAULTS = StoreSettings.at(Path.of("store"));

    @Test
    void namesThePropertyThatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withCacheBytes(1_000))
                .withMessage("parley.embedded.store.cache-size must be at least 4194304 bytes, not 1000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withExpirySweep(Duration.ZERO))
                .withMessage("parley.embedded.store.expiry-sweep must be positive, not PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withCursorTimeout(Duration.ofSeconds(-1)))
                .withMessage("parley.embedded.store.cursor-timeout must be positive, not PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(
                        DEFAULTS.directory(),
                        0,
                        SyncPolicy.DISK,
                        DEFAULTS.cacheBytes(),
                        DEFAULTS.expirySweep(),
                        DEFAULTS.cursorTimeout(),
                        0,
                        null))
                .withMessage("parley.embedded.store.max-concurrent-requests must be positive, not 0");
    }
}
