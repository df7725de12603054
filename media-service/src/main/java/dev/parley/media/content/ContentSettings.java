package dev.parley.media.content;

import dev.parley.platform.settings.SettingsCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an upload may hold.
 *
 * @param maxImagePixels pixels of an image, width times height
 */
@ConfigurationProperties("parley.media")
public record ContentSettings(@DefaultValue("64000000") long maxImagePixels) {

    public ContentSettings {
        SettingsCheck.of("parley.media").positive("max-image-pixels", maxImagePixels);
    }
}
