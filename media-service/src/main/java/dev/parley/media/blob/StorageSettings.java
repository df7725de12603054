package dev.parley.media.blob;

import dev.parley.platform.settings.SettingsCheck;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the bytes of files are kept.
 *
 * @param folder the folder that they are in
 */
@ConfigurationProperties("parley.media.storage")
public record StorageSettings(@DefaultValue("data/files") Path folder) {

    public StorageSettings {
        SettingsCheck.of("parley.media.storage").given("folder", folder);
    }
}
