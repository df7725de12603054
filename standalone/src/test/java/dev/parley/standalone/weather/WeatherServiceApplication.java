package dev.parley.standalone.weather;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A service that the platform has never heard of. */
@SpringBootApplication
public class WeatherServiceApplication {

    @RestController
    static final class WeatherController {

        @GetMapping("/api/v1/users/{userId}/weather")
        Mono<String> weather() {
            return Mono.just("\"sunny\"");
        }
    }
}
