package dev.parley.standalone.backing;

import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.embedded.store.settings.SyncPolicy;
import dev.parley.platform.boot.StartupException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code parley.embedded.store.*}, from system properties and from the environment.
 *
 * @param cacheSize the memory outside the heap that blocks, indexes and write buffers share
 * @param syncPolicy when a write counts as stored
 * @param expirySweep the time between two searches for documents that have expired
 * @param cursorTimeout the time after which an open cursor that nobody reads is dropped
 * @param maxConcurrentRequests how many reads, and how many writes, the store works on at a time
 */
record EmbeddedStoreProperties(
        @DefaultValue("128MB") DataSize cacheSize,
        @DefaultValue("operating-system") SyncPolicy syncPolicy,
        @DefaultValue("1m") Duration expirySweep,
        @DefaultValue("10m") Duration cursorTimeout,
        @DefaultValue("32") int maxConcurrentRequests) {

    private static final String PREFIX = "parley.embedded.store";

    /**
     * The settings of the store that keeps its data in the folder.
     *
     * @throws StartupException with the name of the property whose value is not valid
     */
    static StoreSettings read(ConfigurableEnvironment environment, Path directory) {
        ConfigurationPropertySources.attach(environment);
        try {
            return Binder.get(environment)
                    .bindOrCreate(PREFIX, EmbeddedStoreProperties.class)
                    .settings(directory);
        } catch (BindException unreadable) {
            throw new StartupException(unreadable.getName() + ": "
                    + NestedExceptionUtils.getMostSpecificCause(unreadable).getMessage());
        } catch (IllegalArgumentException invalid) {
            throw new StartupException(String.valueOf(invalid.getMessage()));
        }
    }

    private StoreSettings settings(Path directory) {
        return new StoreSettings(
                directory, 0, syncPolicy, cacheSize.toBytes(), expirySweep, cursorTimeout, maxConcurrentRequests, null);
    }
}
