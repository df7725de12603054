package dev.parley.deploy.chart;

import static dev.parley.deploy.chart.Manifest.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the number of pods follows. */
class ScalingTest {

    private static final Map<String, String> WHERE_MEASURED = Map.of(
            "parley_sockets_open", "presence-service/src/main",
            "parley_consumers_lag", "platform/starter/src/main");

    private static List<Manifest> scalers() {
        return Chart.manifests("production").stream()
                .filter(manifest -> manifest.kind().equals("HorizontalPodAutoscaler"))
                .toList();
    }

    /** Names of metrics of pods. */
    private static Set<Object> metrics(Manifest scaler) {
        return scaler.listAt("spec", "metrics").stream()
                .filter(metric -> metric.get("type").equals("Pods"))
                .map(metric -> map(map(metric.get("pods")).get("metric")).get("name"))
                .collect(Collectors.toSet());
    }

    @Test
    void everyServiceIsScaledByWhatKeepsItBusy() {
        assertThat(scalers()).hasSameSizeAs(Deployed.ports().keySet()).allSatisfy(scaler -> {
            assertThat(scaler.listAt("spec", "metrics")).anySatisfy(metric -> assertThat(map(metric.get("resource")))
                    .containsEntry("name", "cpu"));
            assertThat(metrics(scaler))
                    .isEqualTo(
                            switch (scaler.service()) {
                                case "presence" -> Set.of("parley_sockets_open");
                                // They share the partitions of a topic; auth-service's events are few.
                                case "conversation", "message", "media", "notification" ->
                                    Set.of("parley_consumers_lag");
                                default -> Set.of();
                            });
        });
    }

    @Test
    void whatIsScaledIsThere() {
        List<Manifest> manifests = Chart.manifests("production");

        assertThat(scalers()).allSatisfy(scaler -> {
            Map<String, Object> target = map(scaler.at("spec", "scaleTargetRef"));
            assertThat(Manifest.find(manifests, (String) target.get("kind"), (String) target.get("name")))
                    .hasValueSatisfying(
                            workload -> assertThat(workload.service()).isEqualTo(scaler.service()));
            assertThat((int) scaler.at("spec", "minReplicas")).isBetween(2, (int) scaler.at("spec", "maxReplicas"));
        });
    }

    @Test
    void theServicesMeasureIt() throws IOException {
        String adapter = Files.readString(Deployed.ROOT.resolve("deploy/helm/prometheus-adapter.yaml"));

        assertThat(scalers())
                .flatExtracting(ScalingTest::metrics)
                .containsOnly(WHERE_MEASURED.keySet().toArray());
        for (Map.Entry<String, String> metric : WHERE_MEASURED.entrySet()) {
            assertThat(adapter).contains("matches: " + metric.getKey());
            assertThat(sources(metric.getValue()))
                    .contains("\"" + metric.getKey().replace('_', '.') + "\"");
        }
    }

    private static String sources(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Deployed.ROOT.resolve(folder))) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
