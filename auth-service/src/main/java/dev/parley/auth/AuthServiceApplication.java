package dev.parley.auth;

import dev.parley.platform.boot.PlatformService;
import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts auth-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AuthServiceApplication {

    public static void main(String[] args) {
        PlatformService.main(AuthServiceApplication.class, "auth-service", args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
