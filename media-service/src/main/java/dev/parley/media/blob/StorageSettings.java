package dev.parley.media.blob;

import dev.parley.platform.settings.SettingsCheck;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the bytes of files are kept.
 *
 * @param type in a folder, or as {@link S3Settings} says
 * @param folder the folder that they are in
 * @param unfinishedAge how old what an interrupted write left must be to be removed; longer than any upload takes
 */
@ConfigurationProperties("parley.media.storage")
public record StorageSettings(
        @DefaultValue("folder") Type type,
        @DefaultValue("data/files") Path folder,
        @DefaultValue("1d") Duration unfinishedAge) {

    /** What kind of store it is. */
    public enum Type {
        FOLDER,
        S3
    }

    public StorageSettings {
        SettingsCheck.of("parley.media.storage").given("folder", folder).positive("unfinished-age", unfinishedAge);
    }
}
