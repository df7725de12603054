package dev.parley.platform.encryption;

import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClientAutoConfiguration;
import dev.parley.platform.service.ServiceClients;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Opening what message-service sealed. Costs nothing where nothing is sealed. */
@AutoConfiguration(after = ServiceClientAutoConfiguration.class)
@EnableConfigurationProperties(EncryptionSettings.class)
public class EncryptionAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(KeyManagement.class)
    ConfiguredKeys keyManagement(EncryptionSettings settings) {
        return new ConfiguredKeys(settings);
    }

    @Bean
    @ConditionalOnMissingBean
    ConversationKeySource conversationKeySource(ServiceClients clients, ServiceAddresses services) {
        return new RemoteConversationKeys(clients.platformAt(services.of("message")));
    }

    @Bean
    ContentKeys contentKeys(
            ConversationKeySource source, KeyManagement management, EncryptionSettings settings, JsonMapper json) {
        return new ContentKeys(source, management, settings, json);
    }

    @Bean
    EventOpener eventOpener(ContentKeys keys) {
        return new EventOpener(keys);
    }
}
