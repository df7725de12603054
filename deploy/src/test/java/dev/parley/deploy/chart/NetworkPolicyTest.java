package dev.parley.deploy.chart;

import static dev.parley.deploy.chart.Manifest.list;
import static dev.parley.deploy.chart.Manifest.map;
import static dev.parley.deploy.chart.Manifest.strings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network lets through what the first page draws, and nothing else. */
class NetworkPolicyTest {

    private static final int STORE = 27017;
    private static final int BROKER = 9093;
    private static final int DNS = 53;
    private static final int HTTPS = 443;

    private static Map<String, Manifest> policies(String valueSet) {
        return Chart.manifests(valueSet).stream()
                .filter(manifest -> manifest.kind().equals("NetworkPolicy"))
                .collect(Collectors.toMap(Manifest::service, policy -> policy, (one, other) -> one, TreeMap::new));
    }

    private static Map<String, Set<String>> expected(String valueSet) {
        Function<String, Set<String>> calls = valueSet.equals("everything") ? Calls::withEncryption : Calls::of;
        return Deployed.ports().keySet().stream().collect(Collectors.toMap(service -> service, calls));
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "everything"})
    void everyPodIsUnderAPolicyForBothDirections(String valueSet) {
        Map<String, Manifest> policies = policies(valueSet);

        assertThat(policies.keySet()).isEqualTo(Deployed.ports().keySet());
        assertThat(Manifest.services(Chart.manifests(valueSet))).allSatisfy(workload -> {
            Manifest policy = policies.get(workload.service());
            assertThat(policy.at("spec", "policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
            assertThat(strings(workload.at("spec", "template", "metadata", "labels")))
                    .containsAllEntriesOf(strings(policy.at("spec", "podSelector", "matchLabels")));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "everything"})
    void servicesMayCallWhomTheyCall(String valueSet) {
        Map<String, Set<String>> allowed = new TreeMap<>();
        policies(valueSet).forEach((service, policy) -> {
            Set<String> callees = new TreeSet<>();
            for (Map<String, Object> rule : policy.listAt("spec", "egress")) {
                components(rule.get("to")).forEach(callee -> {
                    callees.add(callee);
                    assertThat(ports(rule)).containsExactly(Deployed.ports().get(callee));
                });
            }
            allowed.put(service, callees);
        });

        assertThat(allowed).isEqualTo(expected(valueSet));
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "everything"})
    void servicesAreCalledByThoseWhoCallThem(String valueSet) {
        Map<String, Set<String>> allowed = new TreeMap<>();
        Deployed.ports().keySet().forEach(caller -> allowed.put(caller, new TreeSet<>()));
        policies(valueSet).forEach((service, policy) -> {
            for (Map<String, Object> rule : policy.listAt("spec", "ingress")) {
                components(rule.get("from")).stream()
                        .filter(caller -> !caller.equals("test"))
                        .forEach(caller -> {
                            allowed.get(caller).add(service);
                            assertThat(ports(rule))
                                    .containsExactly(Deployed.ports().get(service));
                        });
            }
        });

        assertThat(allowed).isEqualTo(expected(valueSet));
    }

    @Test
    void onlyTheGatewayIsOpenToEverybody() {
        assertThat(policies("production")).allSatisfy((service, policy) -> {
            List<Map<String, Object>> open = policy.listAt("spec", "ingress").stream()
                    .filter(rule -> list(rule.get("from")).isEmpty())
                    .toList();
            if (service.equals("gateway")) {
                assertThat(open).hasSize(1).allSatisfy(rule -> assertThat(ports(rule))
                        .containsExactly(Deployed.ports().get("gateway")));
            } else {
                assertThat(open).isEmpty();
            }
        });
    }

    @Test
    void storeBrokerAndInternetAreReachedByThoseWhoNeedThem() {
        policies("production").forEach((service, policy) -> {
            Set<Object> others = policy.listAt("spec", "egress").stream()
                    .filter(rule -> components(rule.get("to")).isEmpty())
                    .flatMap(rule -> ports(rule).stream())
                    .collect(Collectors.toSet());
            assertThat(others)
                    .as(service)
                    .isEqualTo(
                            switch (service) {
                                case "gateway" -> Set.of(DNS);
                                // S3 or push services, and pages whose pictures are fetched.
                                case "media", "notification" -> Set.of(DNS, STORE, BROKER, HTTPS);
                                default -> Set.of(DNS, STORE, BROKER);
                            });
        });
    }

    private static Set<String> components(Object peers) {
        return list(peers).stream()
                .map(peer -> strings(map(peer.get("podSelector")).get("matchLabels")))
                .map(labels -> labels.get("app.kubernetes.io/component"))
                .filter(component -> component != null)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Object> ports(Map<String, Object> rule) {
        return list(rule.get("ports")).stream()
                .map(port -> port.get("port"))
                .distinct()
                .toList();
    }
}
