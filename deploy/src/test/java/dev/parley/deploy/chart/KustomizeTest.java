package dev.parley.deploy.chart;

import static dev.parley.deploy.chart.Manifest.list;
import static dev.parley.deploy.chart.Manifest.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The manifests without Helm; the rules for pods and their environments are tested with those of the chart. */
class KustomizeTest {

    private static final String HEADING =
            "# As deploy/helm/parley makes it of deploy/helm/parley/ci/plain.yaml; KustomizeTest writes it.\n";

    /** Lines that only Helm needs; an overlay says the namespace. */
    private static final Pattern OF_HELM = Pattern.compile(
            "(?m)^(# Source: .*|  namespace: .*| *helm\\.sh/chart: .*| *app\\.kubernetes\\.io/managed-by: Helm)\n");

    @Test
    void theBaseIsWhatTheChartMakes() {
        Map<String, String> files = new TreeMap<>();
        for (String document : Chart.text("plain").split("(?m)^---\n")) {
            if (!document.isBlank()) {
                String service = Manifest.parse(document).get(0).service();
                files.merge(service, "---\n" + OF_HELM.matcher(document).replaceAll(""), String::concat);
            }
        }

        assertThat(files.keySet()).isEqualTo(Deployed.ports().keySet());
        files.forEach((service, content) ->
                new GoldenFile(Kustomize.FOLDER.resolve("base/" + service + ".yaml")).compare(HEADING + content));
    }

    @Test
    void theBaseHasEveryFileInIt() throws IOException {
        Map<String, Object> base =
                new Yaml().load(Files.readString(Kustomize.FOLDER.resolve("base/kustomization.yaml")));

        assertThat(base.get("resources"))
                .isEqualTo(Deployed.ports().keySet().stream()
                        .map(service -> service + ".yaml")
                        .toList());
    }

    @Test
    void developmentIsSmallAndNeedsNothingElse() {
        List<Manifest> development = Kustomize.overlay("development");

        assertThat(development)
                .extracting(Manifest::kind)
                .doesNotContain("HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy");
        assertThat(development)
                .filteredOn(manifest -> Set.of("Deployment", "StatefulSet").contains(manifest.kind()))
                .hasSize(Deployed.ports().size() + 2)
                .allSatisfy(
                        workload -> assertThat(workload.at("spec", "replicas")).isEqualTo(1));
        assertThat(addresses(development))
                .contains("mongodb:27017", "kafka:9092")
                .allSatisfy(address -> {
                    Manifest service = Manifest.find(development, "Service", address.split(":")[0])
                            .orElseThrow();
                    assertThat(service.listAt("spec", "ports"))
                            .extracting(port -> port.get("port").toString())
                            .contains(address.split(":")[1]);
                });
    }

    /** Of the store and the broker. */
    private static Set<String> addresses(List<Manifest> manifests) {
        Set<String> addresses = new TreeSet<>();
        manifests.stream()
                .filter(manifest -> manifest.kind().equals("ConfigMap"))
                .forEach(settings -> addresses.add((String) settings.at("data", "KAFKA_BOOTSTRAP_SERVERS")));
        String uri = new String(
                Base64.getDecoder().decode((String) Manifest.find(manifests, "Secret", "parley")
                        .orElseThrow()
                        .at("data", "mongodb-uri")),
                StandardCharsets.UTF_8);
        addresses.add(uri.replaceAll("mongodb://|/.*", ""));
        return addresses;
    }

    @Test
    void productionKeepsAllOfTheBase() {
        List<Manifest> production = Kustomize.overlay("production");

        for (String kind : List.of("HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy")) {
            assertThat(production)
                    .filteredOn(manifest -> manifest.kind().equals(kind))
                    .extracting(Manifest::service)
                    .containsExactlyInAnyOrderElementsOf(Deployed.ports().keySet());
        }
        assertThat(Manifest.services(production))
                .extracting(workload -> (String) workload.container().get("image"))
                .hasSize(Deployed.ports().size())
                .allMatch(image -> image.matches("registry\\.example\\.org/parley/[a-z]+-service:\\d.*"));
    }

    @Test
    void everythingThatIsReferredToIsThere() {
        for (String overlay : Kustomize.OVERLAYS) {
            List<Manifest> manifests = Kustomize.overlay(overlay);
            Set<String> secrets = manifests.stream()
                    .filter(manifest -> manifest.kind().equals("Secret"))
                    .flatMap(secret -> map(secret.at("data")).keySet().stream().map(key -> secret.name() + "/" + key))
                    .collect(Collectors.toSet());

            assertThat(Manifest.services(manifests)).allSatisfy(workload -> {
                assertThat(list(workload.container().get("envFrom"))).hasSize(1).allSatisfy(from -> assertThat(
                                Manifest.find(manifests, "ConfigMap", (String)
                                        map(from.get("configMapRef")).get("name")))
                        .isPresent());
                if (overlay.equals("development")) {
                    assertThat(workload.environment())
                            .extracting(Manifest.Variable::secret)
                            .filteredOn(secret -> secret != null)
                            .isNotEmpty()
                            .isSubsetOf(secrets);
                }
            });
            // Who makes the Secret of production is not asked here.
            assertThat(secrets.isEmpty()).isEqualTo(overlay.equals("production"));
        }
    }
}
