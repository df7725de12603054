package dev.parley.platform.direct;

import dev.parley.platform.deadline.DeadlineSettings;
import dev.parley.platform.disk.WriteAdmission;
import dev.parley.platform.security.CallerProfiles;
import dev.parley.platform.security.TokenVerifier;
import dev.parley.platform.surface.ErrorRenderer;
import dev.parley.platform.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Routes past WebFlux, for services that have some. */
@AutoConfiguration
public class DirectAutoConfiguration {

    @Bean
    DirectRoutes directRoutes(
            TokenVerifier verifier,
            ObjectProvider<CallerProfiles> profiles,
            JsonMapper json,
            ErrorRenderer errors,
            MeterRegistry meters,
            ObjectProvider<WriteAdmission> writes,
            @Value("${spring.http.codecs.max-in-memory-size}") DataSize maxBody,
            DeadlineSettings deadlines,
            Tracing tracing) {
        return new DirectRoutes(
                verifier,
                profiles.getIfAvailable(() -> Mono::just),
                json,
                errors,
                meters,
                writes.getIfAvailable(() -> WriteAdmission.ALWAYS),
                maxBody,
                deadlines.timeLimit(),
                tracing);
    }
}
