package dev.parley.standalone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A meter that the sources register.
 *
 * @param module whose sources register it
 * @param kind the name of the class that builds it
 * @param tags the keys of its tags
 * @param histogram whether a timer has buckets
 */
record DeclaredMeter(
        String module,
        String kind,
        String name,
        String description,
        @Nullable String unit,
        Set<String> tags,
        boolean histogram) {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+?)(_max)? (\\S+)$");

    /** As Prometheus sees it: asked of the registry that exports it. */
    MetricRow exported() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        register(registry);
        return TYPE.matcher(registry.scrape())
                .results()
                .filter(family -> family.group(2) == null)
                .map(family -> new MetricRow(family.group(1), family.group(3), tags, description))
                .findFirst()
                .orElseThrow();
    }

    private void register(PrometheusMeterRegistry registry) {
        Tags values = Tags.of(tags.stream().map(key -> Tag.of(key, "x")).toList());
        switch (kind) {
            case "Counter" -> Counter.builder(name).baseUnit(unit).tags(values).register(registry);
            case "Gauge" ->
                Gauge.builder(name, () -> 0).baseUnit(unit).tags(values).register(registry);
            case "TimeGauge" ->
                TimeGauge.builder(name, () -> 0, TimeUnit.SECONDS).tags(values).register(registry);
            case "Timer" -> {
                Timer.Builder timer = Timer.builder(name).tags(values);
                if (histogram) {
                    timer.publishPercentileHistogram();
                }
                timer.register(registry);
            }
            default -> throw new IllegalStateException("No way is known to export a " + kind);
        }
    }
}
