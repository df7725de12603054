package dev.parley.platform.boot;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** Says in one sentence why a service cannot start, in place of a stack trace, where an operator can mend it. */
final class StartReporter implements SpringBootExceptionReporter, Ordered {

    /** Set where whoever starts the service says it. */
    static final String SAID_BY_CALLER = "parley.start.said-by-caller";

    private static final Logger log = LoggerFactory.getLogger(StartReporter.class);

    private final Environment environment;

    /** @param context of the service that failed to start; null if there was none yet */
    StartReporter(@Nullable ConfigurableApplicationContext context) {
        this.environment = context == null ? new StandardEnvironment() : context.getEnvironment();
    }

    /** Before Spring's own, which shows where in the code a failure came from. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean reportException(Throwable failure) {
        Optional<String> sentence = sentence(failure, environment);
        if (!environment.getProperty(SAID_BY_CALLER, Boolean.class, false)) {
            sentence.ifPresent(log::error);
        }
        return sentence.isPresent();
    }

    /** Empty if the failure is none that an operator can mend. */
    static Optional<String> sentence(Throwable failure, Environment environment) {
        String name = environment.getProperty("spring.application.name", "The service");
        return StartProblem.of(failure)
                .or(() -> MissingPart.of(failure, environment))
                .map(reason -> name + " cannot start: " + reason);
    }
}
