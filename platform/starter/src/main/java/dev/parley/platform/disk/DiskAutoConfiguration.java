package dev.parley.platform.disk;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Guards the disk of a service whose store or broker is on the same machine: where {@code parley.disk.folder} is set. */
@AutoConfiguration
@ConditionalOnProperty("parley.disk.folder")
@EnableConfigurationProperties(DiskSettings.class)
public class DiskAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    FreeSpace freeSpace(DiskSettings settings) {
        return () -> Files.getFileStore(settings.folder()).getUsableSpace();
    }

    @Bean
    DiskGuard diskGuard(FreeSpace space, DiskSettings settings, MeterRegistry meters) {
        return new DiskGuard(space, settings, meters);
    }

    @Bean
    DiskFilter diskFilter(DiskGuard guard) {
        return new DiskFilter(guard);
    }

    @Bean
    DiskHealth diskHealthIndicator(DiskGuard guard) {
        return new DiskHealth(guard);
    }
}
