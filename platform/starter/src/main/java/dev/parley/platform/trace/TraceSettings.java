package dev.parley.platform.trace;

import dev.parley.platform.settings.SettingsCheck;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Traces, where {@code OTEL_EXPORTER_OTLP_ENDPOINT} says where they go.
 *
 * @param continueCallers whether a request goes on with its caller's trace; where it does not, a client cannot choose what is sampled
 * @param untracedPaths patterns of paths whose requests begin no trace
 */
@ConfigurationProperties("parley.tracing")
public record TraceSettings(
        @DefaultValue("true") boolean continueCallers,
        @DefaultValue({"/actuator/**", "/.well-known/**"}) List<String> untracedPaths) {

    public TraceSettings {
        SettingsCheck.of("parley.tracing")
                .require(
                        untracedPaths.stream().allMatch(path -> path.startsWith("/")),
                        "untraced-paths",
                        "must begin with a slash each");
    }
}
