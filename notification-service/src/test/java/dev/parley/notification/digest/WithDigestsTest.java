package dev.parley.notification.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Nothing runs, and nothing connects, until somebody wants e-mails to be sent. */
class WithDigestsTest {

    @Configuration(proxyBeanMethods = false)
    @Conditional(WithDigests.class)
    static class Sending {}

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(Sending.class);

    @Test
    void isOffUnlessThereIsAServerAndASender() {
        String server = "spring.mail.host=localhost";
        service.run(context -> assertThat(context).doesNotHaveBean(Sending.class));
        service.withPropertyValues(server).run(context -> assertThat(context).doesNotHaveBean(Sending.class));
        service.withPropertyValues(server, "parley.notification.digest.from=")
                .run(context -> assertThat(context).doesNotHaveBean(Sending.class));
        service.withPropertyValues(server, "parley.notification.digest.from=a@example.org")
                .run(context -> assertThat(context).hasSingleBean(Sending.class));
    }
}
