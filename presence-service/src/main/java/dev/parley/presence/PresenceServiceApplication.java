package dev.parley.presence;

import dev.parley.platform.boot.PlatformService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Holds the live connections of clients and sends them events. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class PresenceServiceApplication {

    public static void main(String[] args) {
        PlatformService.main(PresenceServiceApplication.class, "presence-service", args);
    }
}
