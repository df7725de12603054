package dev.parley.surface.chatcore;

import dev.parley.platform.surface.Surface;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Makes every service that has this on its class path answer as chat-core's clients expect. */
@AutoConfiguration
@EnableConfigurationProperties(ChatCoreSettings.class)
public class ChatCoreAutoConfiguration {

    @Bean
    Surface chatCoreSurface(ChatCoreSettings settings) {
        return new ChatCoreSurface(settings);
    }
}
