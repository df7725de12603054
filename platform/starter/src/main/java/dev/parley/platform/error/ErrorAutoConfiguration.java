package dev.parley.platform.error;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Error answers, the same in every service. */
@AutoConfiguration
public class ErrorAutoConfiguration {

    @Bean
    ErrorRenderer errorRenderer(JsonMapper json) {
        return new ErrorRenderer(json);
    }

    @Bean
    ErrorHandler errorHandler(ErrorRenderer renderer) {
        return new ErrorHandler(renderer);
    }
}
