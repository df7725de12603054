package dev.parley.platform.encryption;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How contents are kept.
 *
 * @param mode whether contents are sealed from now on; what is sealed already can be read in either mode
 * @param currentKey the id of the master key that wraps new data keys; needed only where there are several
 * @param masterKeys master keys by id: 256 bits in Base64 each. Those that are not current only unwrap
 * @param maxCachedKeys data keys that a service keeps in memory
 * @param keyMaxAge how long it keeps one
 * @param rotationInterval how often message-service looks for data keys that another master key wraps
 * @param rotationBatch how many of them it wraps anew at a time
 */
@ConfigurationProperties("parley.encryption")
public record EncryptionSettings(
        @DefaultValue("none") Mode mode,
        @Nullable String currentKey,
        @DefaultValue Map<String, String> masterKeys,
        @DefaultValue("50000") int maxCachedKeys,
        @DefaultValue("10m") Duration keyMaxAge,
        @DefaultValue("1h") Duration rotationInterval,
        @DefaultValue("100") int rotationBatch) {

    /** What happens to contents. */
    public enum Mode {
        NONE,
        SERVER;

        /** As clients are told. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public EncryptionSettings {
        masterKeys = Map.copyOf(masterKeys);
        SettingsCheck.of("parley.encryption")
                .positive("max-cached-keys", maxCachedKeys)
                .notNegative("key-max-age", keyMaxAge)
                .positive("rotation-interval", rotationInterval)
                .positive("rotation-batch", rotationBatch);
    }

    public boolean seals() {
        return mode == Mode.SERVER;
    }

    /** Names the keys and shows none. */
    @Override
    public String toString() {
        Set<String> ids = new TreeSet<>(masterKeys.keySet());
        return "EncryptionSettings[mode=" + mode + ", currentKey=" + currentKey + ", masterKeys=" + ids + " ***]";
    }
}
