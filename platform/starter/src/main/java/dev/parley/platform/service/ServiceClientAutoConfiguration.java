package dev.parley.platform.service;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.client.WebClient;

/** Calls from one service to another. */
@AutoConfiguration(afterName = "org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration")
@EnableConfigurationProperties({ServiceClientSettings.class, ServiceAddresses.class})
public class ServiceClientAutoConfiguration {

    @Bean
    ServiceClients serviceClients(WebClient.Builder builder, ServiceClientSettings settings) {
        return new ServiceClients(builder, settings);
    }
}
