package dev.parley.notification;

import dev.parley.platform.boot.PlatformService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Tells people on their devices what they would miss otherwise. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class NotificationServiceApplication {

    public static void main(String[] args) {
        PlatformService.main(NotificationServiceApplication.class, "notification-service", args);
    }
}
