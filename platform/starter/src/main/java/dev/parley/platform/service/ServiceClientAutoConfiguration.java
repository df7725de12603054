package dev.parley.platform.service;

import dev.parley.platform.trace.Tracing;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.json.JsonMapper;

/** Calls from one service to another. */
@AutoConfiguration(afterName = "org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration")
@EnableConfigurationProperties({ServiceClientSettings.class, ServiceAddresses.class})
public class ServiceClientAutoConfiguration {

    @Bean
    ServiceClients serviceClients(
            WebClient.Builder builder,
            ServiceClientSettings settings,
            @Value("${parley.service-secret:}") String secret,
            JsonMapper json,
            @Value("${spring.http.codecs.max-in-memory-size}") DataSize maxAnswer,
            ObjectProvider<HttpClientCustomizer> customizers,
            Tracing tracing) {
        return new ServiceClients(
                builder,
                settings,
                secret,
                json,
                maxAnswer,
                customizers.orderedStream().toList(),
                tracing);
    }
}
