package dev.parley.platform.json;

import dev.parley.platform.text.TextTables;
import java.time.Instant;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How every service reads and writes JSON. */
@AutoConfiguration(beforeName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
public class JsonAutoConfiguration {

    JsonAutoConfiguration() {
        // The rules on text belong to reading a request's fields.
        TextTables.load();
    }

    @Bean
    JacksonModule timesInMilliseconds() {
        return new SimpleModule("times").addSerializer(Instant.class, new InstantSerializer());
    }

    @Bean
    JacksonModule treesWithExactNumbers() {
        return RequestJson.trees("trees", Integer.MAX_VALUE);
    }

    @Bean
    WebFluxConfigurer boundedRequests(JsonMapper json) {
        return new WebFluxConfigurer() {
            @Override
            public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
                codecs.defaultCodecs().jacksonJsonDecoder(new Utf8JsonDecoder(RequestJson.bounded(json)));
            }
        };
    }
}
