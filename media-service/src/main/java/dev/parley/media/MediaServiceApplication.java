package dev.parley.media;

import dev.parley.platform.boot.PlatformService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Files: takes them, keeps them and gives them out. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MediaServiceApplication {

    public static void main(String[] args) {
        PlatformService.main(MediaServiceApplication.class, "media-service", args);
    }
}
