package dev.parley.gateway;

import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.registry.ServiceRegistry;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts the gateway. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableConfigurationProperties(ServiceRegistry.class)
public class GatewayServiceApplication {

    public static void main(String[] args) {
        PlatformService.main(GatewayServiceApplication.class, "gateway-service", args);
    }
}
