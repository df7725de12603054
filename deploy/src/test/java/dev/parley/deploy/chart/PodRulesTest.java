package dev.parley.deploy.chart;

import static dev.parley.deploy.chart.Manifest.list;
import static dev.parley.deploy.chart.Manifest.map;
import static dev.parley.deploy.chart.Manifest.strings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every pod of the platform, whatever it is installed with. */
class PodRulesTest {

    private static final String READY = "/actuator/health/readiness";
    private static final String LIVE = "/actuator/health/liveness";

    static Stream<ManifestSource> sources() {
        return ManifestSource.all();
    }

    private static List<Manifest> workloads(ManifestSource source) {
        List<Manifest> workloads = Manifest.services(source.manifests().get()).toList();
        assertThat(workloads)
                .extracting(Manifest::service)
                .containsExactlyInAnyOrderElementsOf(Deployed.ports().keySet());
        return workloads;
    }

    @ParameterizedTest
    @MethodSource("sources")
    void noPodHasMoreRightsThanItNeeds(ManifestSource source) {
        assertThat(workloads(source)).allSatisfy(workload -> {
            Map<String, Object> pod = map(workload.at("spec", "template", "spec"));
            assertThat(pod)
                    .containsEntry("automountServiceAccountToken", false)
                    .doesNotContainKeys("hostNetwork", "hostPID", "hostIPC");
            assertThat(map(pod.get("securityContext")))
                    .containsEntry("runAsNonRoot", true)
                    .containsEntry("runAsUser", 10001)
                    .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
            assertThat(map(workload.container().get("securityContext")))
                    .isEqualTo(Map.of(
                            "allowPrivilegeEscalation",
                            false,
                            "readOnlyRootFilesystem",
                            true,
                            "capabilities",
                            Map.of("drop", List.of("ALL"))));
            assertThat(list(workload.container().get("volumeMounts")))
                    .extracting(mount -> mount.get("mountPath"))
                    .contains("/tmp");
            assertThat(map(map(workload.container().get("resources")).get("limits")))
                    .containsKey("memory");
            Manifest account = Manifest.find(
                            source.manifests().get(), "ServiceAccount", (String) pod.get("serviceAccountName"))
                    .orElseThrow();
            assertThat(account.at("automountServiceAccountToken")).isEqualTo(false);
        });
    }

    /** Kubernetes would set variables such as PARLEY_AUTH_PORT, which are read as settings. */
    @ParameterizedTest
    @MethodSource("sources")
    void kubernetesSetsNoVariables(ManifestSource source) {
        assertThat(workloads(source))
                .allSatisfy(workload -> assertThat(workload.at("spec", "template", "spec", "enableServiceLinks"))
                        .isEqualTo(false));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void eachProbeAsksSomethingElse(ManifestSource source) {
        assertThat(workloads(source)).allSatisfy(workload -> {
            Map<String, Object> container = workload.container();
            Map<String, Object> start = map(container.get("startupProbe"));
            Map<String, Object> ready = map(container.get("readinessProbe"));
            Map<String, Object> live = map(container.get("livenessProbe"));
            assertThat(path(start)).isEqualTo(LIVE);
            assertThat(path(ready)).isEqualTo(READY);
            assertThat(path(live)).isEqualTo(LIVE);
            assertThat(patience(start)).isGreaterThanOrEqualTo(120);
            assertThat(patience(ready)).isLessThanOrEqualTo(15);
            assertThat(patience(live)).isBetween(30, 119);
            assertThat(List.of(port(start), port(live))).containsOnly(port(ready));
            assertThat(list(container.get("ports")))
                    .extracting(port -> port.get("name"))
                    .contains(port(ready));
        });
    }

    private static Object path(Map<String, Object> probe) {
        return map(probe.get("httpGet")).get("path");
    }

    private static Object port(Map<String, Object> probe) {
        return map(probe.get("httpGet")).get("port");
    }

    /** In seconds. */
    private static int patience(Map<String, Object> probe) {
        return (int) probe.get("periodSeconds") * (int) probe.get("failureThreshold");
    }

    /** A change of a selector is refused by Kubernetes: the workload would have to be deleted first. */
    @ParameterizedTest
    @MethodSource("sources")
    void selectorsNeverChange(ManifestSource source) {
        assertThat(workloads(source)).allSatisfy(workload -> {
            Map<String, String> selector = strings(workload.at("spec", "selector", "matchLabels"));
            assertThat(selector)
                    .isEqualTo(Map.of(
                            "app.kubernetes.io/name", "parley",
                            "app.kubernetes.io/instance", "parley",
                            "app.kubernetes.io/component", workload.service()));
            assertThat(strings(workload.at("spec", "template", "metadata", "labels")))
                    .containsAllEntriesOf(selector)
                    // A new version of the chart alone restarts nothing.
                    .doesNotContainKeys("helm.sh/chart", "app.kubernetes.io/version");
        });
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everySelectorFindsThePodsOfItsService(ManifestSource source) {
        List<Manifest> workloads = workloads(source);

        assertThat(source.manifests().get())
                .filteredOn(manifest -> Set.of("Service", "PodDisruptionBudget").contains(manifest.kind())
                        && manifest.service() != null)
                .hasSizeGreaterThanOrEqualTo(workloads.size() + 1)
                .allSatisfy(manifest -> {
                    Map<String, String> selector = manifest.kind().equals("Service")
                            ? strings(manifest.at("spec", "selector"))
                            : strings(manifest.at("spec", "selector", "matchLabels"));
                    assertThat(workloads)
                            .filteredOn(workload -> strings(workload.at("spec", "template", "metadata", "labels"))
                                    .entrySet()
                                    .containsAll(selector.entrySet()))
                            .extracting(Manifest::service)
                            .containsExactly(manifest.service());
                });
    }

    @ParameterizedTest
    @MethodSource("sources")
    void servicesListenAtTheirPorts(ManifestSource source) {
        assertThat(workloads(source)).allSatisfy(workload -> {
            int port = Deployed.ports().get(workload.service());
            assertThat(list(workload.container().get("ports"))).contains(Map.of("name", "http", "containerPort", port));
            assertThat(source.manifests().get())
                    .filteredOn(manifest -> manifest.kind().equals("Service")
                            && workload.service().equals(manifest.service()))
                    .isNotEmpty()
                    .allSatisfy(service -> assertThat(service.listAt("spec", "ports"))
                            .extracting(entry -> entry.get("port"))
                            .containsExactly(port));
        });
    }

    @ParameterizedTest
    @MethodSource("sources")
    void presenceIsFoundByANameThatLeadsToEachNode(ManifestSource source) {
        List<Manifest> workloads = workloads(source);
        Manifest presence = workloads.stream()
                .filter(workload -> workload.service().equals("presence"))
                .findFirst()
                .orElseThrow();
        Manifest gateway = workloads.stream()
                .filter(workload -> workload.service().equals("gateway"))
                .findFirst()
                .orElseThrow();

        String nodes = (String) presence.at("spec", "serviceName");
        assertThat(presence.kind()).isEqualTo("StatefulSet");
        assertThat(Manifest.find(source.manifests().get(), "Service", nodes)
                        .orElseThrow()
                        .at("spec", "clusterIP"))
                .isEqualTo("None");
        assertThat(gateway.environment())
                .contains(new Manifest.Variable(
                        "PARLEY_NODES_PRESENCE",
                        "dns://" + nodes + ":" + Deployed.ports().get("presence"),
                        null));
    }
}
