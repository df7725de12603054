package dev.parley.platform.trace;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Traces, where it is said where they go; else nothing of them is there. */
@AutoConfiguration
@EnableConfigurationProperties(TraceSettings.class)
public class TraceAutoConfiguration {

    @Bean
    Tracing tracing(Environment environment, @Value("${spring.application.name:parley}") String service) {
        return TraceExport.isWanted(environment) ? TraceExport.start(environment, service) : Tracing.off();
    }

    @Bean
    @Conditional(Wanted.class)
    TraceFilter traceFilter(Tracing tracing, TraceSettings settings) {
        return new TraceFilter(tracing, settings);
    }

    static final class Wanted implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return TraceExport.isWanted(context.getEnvironment());
        }
    }
}
