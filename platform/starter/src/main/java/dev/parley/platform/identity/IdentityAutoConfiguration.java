package dev.parley.platform.identity;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The directory of users, for services that set {@code parley.directory.enabled}. */
@AutoConfiguration(
        after = dev.parley.platform.service.ServiceClientAutoConfiguration.class,
        before = dev.parley.platform.event.EventAutoConfiguration.class)
@ConditionalOnBooleanProperty("parley.directory.enabled")
@EnableConfigurationProperties(DirectorySettings.class)
public class IdentityAutoConfiguration {

    @Bean
    UserDirectory userDirectory(ServiceClients clients, ServiceAddresses services, DirectorySettings settings) {
        return new UserDirectory(clients.platformAt(services.of("auth")), settings.maxUsers(), settings.maxAge());
    }

    @Bean
    UserProfiles userProfiles(ServiceClients clients, ServiceAddresses services) {
        return new UserProfiles(clients.platformAt(services.of("auth")));
    }

    @Bean
    EventSubscription userChanges(UserDirectory directory) {
        return EventSubscription.broadcast(Topics.USERS, directory::refresh);
    }
}
