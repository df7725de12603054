package dev.parley.platform.surface;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** The surfaces of a service, and its error answers in their form. */
@AutoConfiguration
public class SurfaceAutoConfiguration {

    @Bean
    Surfaces surfaces(ObjectProvider<Surface> surfaces) {
        return new Surfaces(surfaces.stream().toList());
    }

    @Bean
    ErrorRenderer errorRenderer(Surfaces surfaces, JsonMapper json) {
        return new ErrorRenderer(surfaces, json);
    }

    @Bean
    ErrorHandler errorHandler(ErrorRenderer renderer) {
        return new ErrorHandler(renderer);
    }
}
