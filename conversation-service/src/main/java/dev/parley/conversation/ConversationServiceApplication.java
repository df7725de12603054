package dev.parley.conversation;

import dev.parley.platform.boot.PlatformService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Conversations and who is in them. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ConversationServiceApplication {

    public static void main(String[] args) {
        PlatformService.main(ConversationServiceApplication.class, "conversation-service", args);
    }
}
