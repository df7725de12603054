package dev.parley.platform.deadline;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Deadlines of requests. The gateway, which knows what each route is for, sets its own. */
@AutoConfiguration
@EnableConfigurationProperties(DeadlineSettings.class)
public class DeadlineAutoConfiguration {

    @Bean
    @ConditionalOnBooleanProperty(name = "parley.requests.limited", matchIfMissing = true)
    DeadlineFilter deadlineFilter(DeadlineSettings settings) {
        return new DeadlineFilter(settings);
    }
}
