package dev.parley.platform.request;

import dev.parley.platform.error.ErrorHandler;
import dev.parley.platform.error.ErrorRenderer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Request ids and error answers, the same in every service. */
@AutoConfiguration
public class RequestAutoConfiguration {

    @Bean
    RequestId requestId() {
        return new RequestId();
    }

    @Bean
    ErrorRenderer errorRenderer(JsonMapper json) {
        return new ErrorRenderer(json);
    }

    @Bean
    ErrorHandler errorHandler(ErrorRenderer renderer) {
        return new ErrorHandler(renderer);
    }
}
