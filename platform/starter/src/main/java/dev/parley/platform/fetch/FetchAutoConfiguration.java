package dev.parley.platform.fetch;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Fetching, for the services that fetch what users name. The others have no metrics of it. */
@AutoConfiguration
@EnableConfigurationProperties(FetchSettings.class)
public class FetchAutoConfiguration {

    @Bean
    @Lazy
    SafeFetch safeFetch(FetchSettings settings, MeterRegistry meters) {
        return new SafeFetch(settings, meters);
    }
}
