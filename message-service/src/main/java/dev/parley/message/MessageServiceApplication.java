package dev.parley.message;

import dev.parley.platform.boot.PlatformService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Messages: their order, their storage, their history. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MessageServiceApplication {

    public static void main(String[] args) {
        PlatformService.main(MessageServiceApplication.class, "message-service", args);
    }
}
