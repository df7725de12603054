package dev.parley.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;
import org.yaml.snakeyaml.Yaml;

/** What Helm says of the chart, and what it makes of it. */
class ChartTest {

    static Stream<String> valueSets() {
        return Chart.VALUE_SETS.stream();
    }

    static Stream<String> services() {
        return Deployed.ports().keySet().stream();
    }

    @Test
    void helmFindsNothingWrong() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
        assertThat(result.getMessages()).noneMatch(line -> line.contains("WARNING") || line.contains("ERROR"));
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void rendersAsItDidBefore(String valueSet) {
        GoldenFile.of(valueSet).compare(Chart.text(valueSet));
    }

    @ParameterizedTest
    @MethodSource("services")
    void eachServiceCanBeInstalledAlone(String service) {
        Map<String, Boolean> others = Deployed.ports().keySet().stream()
                .filter(other -> !other.equals(service))
                .collect(Collectors.toMap(other -> other + ".enabled", other -> false));

        List<Manifest> alone = Chart.with(others);

        assertThat(Manifest.services(alone)).extracting(Manifest::service).containsExactly(service);
        assertThat(alone).extracting(Manifest::service).containsOnly(service);
        assertThat(alone)
                .extracting(Manifest::kind)
                .contains(
                        "Service", "ServiceAccount", "PodDisruptionBudget", "HorizontalPodAutoscaler", "NetworkPolicy");
    }

    /** Helm's library leaves hooks out, so the pod is rendered without being one. */
    @Test
    void thePodOfHelmsTestAsksTheGateway(@TempDir Path folder) throws IOException {
        FileSystemUtils.copyRecursively(Chart.FOLDER, folder);
        Path template = folder.resolve("templates/tests/ready.yaml");
        Files.writeString(template, Files.readString(template).replace("helm.sh/hook: test\n", "\n"));

        List<Manifest> pods = Manifest.parse(Chart.command(folder).call()).stream()
                .filter(manifest -> manifest.kind().equals("Pod"))
                .toList();

        assertThat(pods).hasSize(1).allSatisfy(pod -> {
            assertThat(KnownFields.unknown(pod)).isEmpty();
            Map<String, Object> container = pod.listAt("spec", "containers").get(0);
            assertThat(container.get("command").toString()).contains("http://parley-gateway:8080/api/v1/config");
            assertThat(Manifest.map(container.get("securityContext"))).containsEntry("readOnlyRootFilesystem", true);
            // A network policy that names clients lets it through.
            assertThat(pod.labels())
                    .containsEntry("app.kubernetes.io/component", "test")
                    .containsEntry("app.kubernetes.io/part-of", "parley");
        });
    }

    @Test
    void theOperatorOfPrometheusIsGivenTheRulesThatPrometheusIs() throws IOException {
        List<Object> groups = new ArrayList<>();
        for (String file : List.of("recordings.yml", "alerts.yml")) {
            String rules = Files.readString(
                            Deployed.ROOT.resolve("deploy/prometheus").resolve(file))
                    .replace("runbook_url: docs/", "runbook_url: https://wiki.example.org/parley/docs/");
            Map<String, List<Object>> content = new Yaml().load(rules);
            groups.addAll(content.get("groups"));
        }

        assertThat(Chart.manifests("everything"))
                .filteredOn(manifest -> manifest.kind().equals("PrometheusRule"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.at("spec", "groups")).isEqualTo(groups));
        assertThat(Chart.manifests("production"))
                .extracting(Manifest::kind)
                .doesNotContain("PrometheusRule", "ServiceMonitor", "PodMonitor");
    }

    @Test
    void aNumberOfReplicasIsSaidOnlyWhereNothingElseScales() {
        assertThat(Manifest.services(Chart.manifests("production")))
                .hasSameSizeAs(Deployed.ports().keySet())
                .allSatisfy(
                        workload -> assertThat(workload.at("spec", "replicas")).isNull());
        assertThat(Manifest.services(Chart.manifests("small")))
                .hasSameSizeAs(Deployed.ports().keySet())
                .allSatisfy(
                        workload -> assertThat(workload.at("spec", "replicas")).isEqualTo(1));
    }

    @Test
    void aMisspeltValueIsRefused() {
        assertThat(List.of(
                        "publicURL",
                        "auth.enabledd",
                        "defaults.replica",
                        "defaults.autoscaling.maximum",
                        "media.storage.s3.buckets",
                        "secrets.mongoUri",
                        "networkPolicy.mongo",
                        "ingress.host",
                        // Of another service.
                        "auth.clamd"))
                .allSatisfy(name -> assertThatThrownBy(() -> Chart.with(Map.of(name, "x")))
                        .hasMessageContaining("schema")
                        .hasMessageContaining(name.substring(name.lastIndexOf('.') + 1)));
    }

    @Test
    void aValueThatCannotBeIsRefused() {
        Map<String, Object> wrong = Map.of(
                "platform", "Chat",
                "publicUrl", "chat.example.org",
                "auth.port", 0,
                "media.storage.type", "ftp",
                "defaults.autoscaling.cpuPercent", 0,
                "encryption.mode", "client",
                "kafka.securityProtocol", "TLS");

        assertThat(wrong).allSatisfy((name, value) -> assertThatThrownBy(() -> Chart.with(Map.of(name, value)))
                .hasMessageContaining("schema"));
    }

    @Test
    void valuesThatDoNotGoTogetherAreRefusedByName() {
        Map<String, Map<String, Object>> wrong = Map.of(
                "secrets.kafkaJaasConfig", Map.of("kafka.securityProtocol", "SASL_SSL"),
                "secrets.masterKeys", Map.of("encryption.mode", "server"),
                "externalSecret.store.name", Map.of("externalSecret.enabled", true),
                "ingress.hosts", Map.of("ingress.enabled", true),
                "httpRoute.parentRefs", Map.of("httpRoute.enabled", true),
                "media.storage.folder.accessMode",
                        Map.of("media.storage.type", "folder", "media.storage.folder.accessMode", "ReadWriteOnce"));

        assertThat(wrong).allSatisfy((named, values) -> assertThatThrownBy(() -> Chart.with(values))
                .hasMessageContaining(named));
    }

    @Test
    void everyDefaultIsInTheSchema() throws IOException {
        Map<String, Object> values = new Yaml().load(Files.readString(Chart.FOLDER.resolve("values.yaml")));
        Map<String, Object> schema = new Yaml().load(Files.readString(Chart.FOLDER.resolve("values.schema.json")));

        // Helm sets global.
        assertThat(Manifest.map(schema.get("properties")).keySet())
                .filteredOn(name -> !name.equals("global"))
                .containsExactlyInAnyOrderElementsOf(values.keySet());
    }

    @Test
    void installsTheImagesThatAreBuiltHere() throws IOException {
        Matcher prefix = Pattern.compile("<parley.image.prefix>(.*)</parley.image.prefix>")
                .matcher(Files.readString(Deployed.ROOT.resolve("pom.xml")));
        assertThat(prefix.find()).isTrue();

        assertThat(Manifest.services(Chart.with(Map.of())))
                .hasSameSizeAs(Deployed.ports().keySet())
                .allSatisfy(
                        workload -> assertThat(workload.container().get("image").toString())
                                .startsWith(prefix.group(1) + workload.service() + "-service:"));
    }

    @Test
    void installsTheVersionThatIsBuiltHere() throws IOException {
        Map<String, Object> chart = new Yaml().load(Files.readString(Chart.FOLDER.resolve("Chart.yaml")));

        assertThat(Files.readString(Deployed.ROOT.resolve("deploy/pom.xml")))
                .contains("<version>" + chart.get("appVersion") + "</version>");
    }
}
