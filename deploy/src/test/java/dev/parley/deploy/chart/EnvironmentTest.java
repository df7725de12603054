package dev.parley.deploy.chart;

import static dev.parley.deploy.chart.Manifest.map;
import static dev.parley.deploy.chart.Manifest.strings;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each service is started with settings that it knows, and with all that it needs. */
class EnvironmentTest {

    /** Without them a service does not start, or is not what it should be in a cluster. */
    private static final Map<String, Set<String>> NEEDED = Map.of(
            "gateway", Set.of("PARLEY_NODES_PRESENCE", "MANAGEMENT_SERVER_PORT"),
            "auth", Set.of("PARLEY_AUTH_SIGNING_WRAPPINGKEY", "PARLEY_FILES_URLKEYS"),
            "conversation", Set.of("PARLEY_FILES_URLKEYS"),
            "message", Set.of("PARLEY_FILES_URLKEYS"),
            "presence", Set.of("PARLEY_FILES_URLKEYS", "PARLEY_PRESENCE_DRAINWINDOW"),
            "media", Set.of("PARLEY_FILES_URLKEYS", "PARLEY_MEDIA_STORAGE_TYPE"),
            "notification", Set.of("PARLEY_NOTIFICATION_WEBPUSH_WRAPPINGKEY"));

    /** Parts of a stop that each may take {@code timeout-per-shutdown-phase}: the sockets, the web server, the consumers. */
    private static final int PHASES = 3;

    static Stream<ManifestSource> sources() {
        return ManifestSource.all();
    }

    private static List<Manifest> workloads(ManifestSource source) {
        List<Manifest> manifests = source.manifests().get();
        return Manifest.services(manifests)
                .map(workload -> workload.withConfigMaps(manifests))
                .toList();
    }

    private static Set<String> names(Manifest workload) {
        return workload.environment().stream()
                .map(Manifest.Variable::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyVariableIsASettingOfItsService(ManifestSource source) {
        assertThat(workloads(source)).hasSameSizeAs(Deployed.ports().keySet()).allSatisfy(workload -> {
            KnownSettings known = KnownSettings.of(workload.service());
            assertThat(workload.environment())
                    .as(workload.service())
                    .hasSizeGreaterThan(8)
                    .extracting(Manifest.Variable::name)
                    .doesNotHaveDuplicates()
                    .allMatch(known::has);
        });
    }

    @Test
    void aVariableThatNothingReadsIsNoticed() {
        KnownSettings media = KnownSettings.of("media");

        assertThat(List.of(
                        "PARLEY_MEDIA_STORAGE_S3_BUCKET",
                        "PARLEY_FILES_URLKEYS",
                        "PARLEY_ENCRYPTION_MASTERKEYS_2026",
                        "SPRING_KAFKA_PROPERTIES_SASL_MECHANISM",
                        "MONGODB_URI",
                        "PARLEY_AUTH_URL"))
                .allMatch(media::has);
        assertThat(List.of(
                        "PARLEY_MEDIA_STORAGE_S3_BUCKETS",
                        "PARLEY_FILES_URL_KEYS",
                        "PARLEY_MEDIA_BUCKET",
                        "SPRING_DATA_MONGODB_URI_",
                        "PARLEY_GATEWAY_TRUSTEDPROXIES",
                        "KAFKA_SERVERS"))
                .noneMatch(media::has);
    }

    @Test
    void logsAreJsonAndNothingIsTracedUntilItIsSaidWhereItGoes() {
        assertThat(Manifest.services(Chart.manifests("production"))).allSatisfy(workload -> {
            assertThat(names(workload)).noneMatch(name -> name.startsWith("OTEL_"));
            assertThat(ServiceEnvironment.of(workload).get("logging.structured.format.console"))
                    .isEqualTo("ecs");
        });
        assertThat(Manifest.services(Chart.manifests("everything"))).allSatisfy(workload -> {
            ServiceEnvironment environment = ServiceEnvironment.of(workload);
            assertThat(environment.get("otel.exporter.otlp.endpoint"))
                    .isEqualTo("http://otel-collector.monitoring:4318");
            assertThat(environment.get("otel.traces.sampler")).isEqualTo("parentbased_traceidratio");
            assertThat(environment.get("otel.traces.sampler.arg")).isEqualTo("1");
        });
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyServiceHasWhatItNeeds(ManifestSource source) {
        assertThat(workloads(source)).allSatisfy(workload -> {
            assertThat(names(workload))
                    .contains("PORT", "PARLEY_SERVICE_SECRET")
                    .containsAll(NEEDED.get(workload.service()));
            if (!workload.service().equals("gateway")) {
                assertThat(names(workload)).contains("MONGODB_URI", "KAFKA_BOOTSTRAP_SERVERS");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("sources")
    void noSecretStandsInAManifest(ManifestSource source) {
        assertThat(workloads(source))
                .flatExtracting(Manifest::environment)
                .filteredOn(variable -> variable.name()
                        .matches(
                                ".*(SECRET|WRAPPINGKEY|URLKEYS|MASTERKEYS_.*|JAAS_CONFIG|SECRETKEY|PRIVATEKEY|ACCESSKEY|ACCESSTOKEN"
                                        + "|CREDENTIALS|APNS_KEY|MONGODB_URI)"))
                .hasSizeGreaterThanOrEqualTo(20)
                .allSatisfy(variable -> assertThat(variable.secret()).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyServiceTakesItsSettings(ManifestSource source) {
        List<Manifest> manifests = source.manifests().get();

        assertThat(workloads(source)).allSatisfy(workload -> {
            ServiceEnvironment environment = ServiceEnvironment.of(workload);
            environment.bindAll();

            assertThat(environment.get("server.port", Integer.class))
                    .isEqualTo(Deployed.ports().get(workload.service()));
            for (String callee : Calls.of(workload.service())) {
                if (workload.service().equals("gateway") && callee.equals("presence")) {
                    continue;
                }
                URI address = environment.get("parley.services." + callee, URI.class);
                Manifest called =
                        Manifest.find(manifests, "Service", address.getHost()).orElseThrow();
                assertThat(called.service()).isEqualTo(callee);
                assertThat(address.getPort()).isEqualTo(Deployed.ports().get(callee));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("sources")
    void probesAndPrometheusAskWhereTheServiceAnswersThem(ManifestSource source) {
        assertThat(workloads(source)).allSatisfy(workload -> {
            ServiceEnvironment environment = ServiceEnvironment.of(workload);
            Object port = map(map(workload.container().get("readinessProbe")).get("httpGet"))
                    .get("port");
            Object number = Manifest.list(workload.container().get("ports")).stream()
                    .filter(entry -> entry.get("name").equals(port))
                    .findFirst()
                    .orElseThrow()
                    .get("containerPort");
            String management = workload.service().equals("gateway") ? "management.server.port" : "server.port";

            assertThat(environment.get(management, Integer.class)).isEqualTo(number);
            assertThat(strings(workload.at("spec", "template", "metadata", "annotations")))
                    .containsEntry("prometheus.io/path", "/actuator/prometheus")
                    .containsEntry("prometheus.io/port", number.toString());
            assertThat(environment.get("management.endpoint.health.probes.enabled", Boolean.class))
                    .isTrue();
            assertThat(environment.get("management.endpoints.web.exposure.include"))
                    .contains("health", "prometheus");
        });
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aPodIsLeftTheTimeThatItsStopTakes(ManifestSource source) {
        assertThat(workloads(source)).allSatisfy(workload -> {
            ServiceEnvironment environment = ServiceEnvironment.of(workload);
            Duration phase = environment.get("spring.lifecycle.timeout-per-shutdown-phase", Duration.class);
            Duration before = Duration.ofSeconds(
                    (int) map(map(map(workload.container().get("lifecycle")).get("preStop"))
                                    .get("sleep"))
                            .get("seconds"));
            Duration grace =
                    Duration.ofSeconds((int) workload.at("spec", "template", "spec", "terminationGracePeriodSeconds"));

            assertThat(grace).isGreaterThan(before.plus(phase.multipliedBy(PHASES)));
            if (workload.service().equals("presence")) {
                assertThat(environment.get("parley.presence.drain-window", Duration.class))
                        .isPositive()
                        .isLessThan(phase);
            }
            if (workload.service().equals("gateway")) {
                assertThat(environment.get("parley.gateway.sockets.drain-window", Duration.class))
                        .isPositive()
                        .isLessThan(phase);
                // As long as a node of presence stops, its sessions are found.
                assertThat(environment.get("parley.gateway.nodes.linger", Duration.class))
                        .isGreaterThanOrEqualTo(Duration.ofSeconds((int) workloads(source).stream()
                                .filter(other -> other.service().equals("presence"))
                                .findFirst()
                                .orElseThrow()
                                .at("spec", "template", "spec", "terminationGracePeriodSeconds")));
            }
        });
    }
}
