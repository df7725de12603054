package dev.parley.platform.trace;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Exports spans as OpenTelemetry's own variables ({@code OTEL_...}) say, which may be given as properties too. */
final class TraceExport {

    private static final String PREFIX = "otel";
    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String ENDPOINT_OF_TRACES = "otel.exporter.otlp.traces.endpoint";

    private TraceExport() {}

    /** Whether a place is named to which spans go. */
    static boolean isWanted(Environment environment) {
        return (isSet(environment, ENDPOINT) || isSet(environment, ENDPOINT_OF_TRACES))
                && !environment.getProperty("otel.sdk.disabled", Boolean.class, false);
    }

    private static boolean isSet(Environment environment, String property) {
        return !environment.getProperty(property, "").isBlank();
    }

    static Tracing start(Environment environment, String service) {
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> defaults(service))
                .addPropertiesCustomizer(known -> given(environment))
                .addSamplerCustomizer((sampler, properties) -> new LinkedSampler(sampler))
                // The context of the service closes it, after all that ends spans.
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
        Tracer tracer = sdk.getTracer("dev.parley");
        return new Tracing(tracer, sdk::close);
    }

    private static Map<String, String> defaults(String service) {
        return Map.of(
                "otel.service.name",
                service,
                // What the JDK's client can do.
                "otel.exporter.otlp.protocol",
                "http/protobuf");
    }

    /** Metrics are scraped, and logs are collected from where they are written. */
    private static Map<String, String> given(Environment environment) {
        Map<String, String> all = new HashMap<>();
        Binder.get(environment)
                .bind(PREFIX, Bindable.mapOf(String.class, String.class))
                .orElseGet(Map::of)
                .forEach((name, value) -> all.put(PREFIX + "." + name, value));
        all.put("otel.metrics.exporter", "none");
        all.put("otel.logs.exporter", "none");
        return all;
    }
}
