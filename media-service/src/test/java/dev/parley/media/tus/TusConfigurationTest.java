package dev.parley.media.tus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.file.FileSettings;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class TusConfigurationTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({TusSettings.class, FileSettings.class})
    static class Settings {}

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(Settings.class, TusConfiguration.class);

    @Test
    void doesNotStartIfFilesGoBeforeTheirUploadsEnd() {
        service.run(context -> assertThat(context).hasNotFailed());
        service.withPropertyValues("parley.media.unattached-lifetime=12h")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("parley.media.tus.lifetime must be less than parley.media.unattached-lifetime"));
    }
}
