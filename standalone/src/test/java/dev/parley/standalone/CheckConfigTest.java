package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.GatewayServiceApplication;
import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.test.EmbeddedParts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each service can say what is wrong with its settings, without a store, a broker or a port. */
class CheckConfigTest {

    private static final List<String> GOOD = List.of(
            "--parley.service-secret=" + EmbeddedParts.SERVICE_SECRET,
            "--parley.files.url-keys=" + EmbeddedParts.FILE_URL_KEY);

    static Stream<String> services() {
        return Stream.concat(Stream.of("gateway"), ServiceRegistry.load().registry().keySet().stream());
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyServiceChecksItsOwn(String service) throws Exception {
        List<String> wrong = new ArrayList<>(GOOD);
        wrong.add("--parley.service-client.timeout=-1s");
        wrong.add("--spring.lifecycle.timeout-per-shutdown-phase=soon");

        assertThat(problems(service, wrong))
                .containsExactlyInAnyOrder(
                        "parley.service-client.timeout must be positive (PARLEY_SERVICECLIENT_TIMEOUT)",
                        "spring.lifecycle.timeout-per-shutdown-phase is 'soon', which is no Duration"
                                + " (SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE)");
    }

    @Test
    void aPortThatIsNoneIsNamed() throws Exception {
        assertThat(problems("gateway", List.of("--server.port=none")))
                .singleElement()
                .asString()
                .startsWith("server.port cannot be used: ");
    }

    @Test
    void whatIsMissingIsNamedOnlyWhereItIsNeeded() throws Exception {
        assertThat(problems("message", List.of()))
                .containsExactlyInAnyOrder(
                        "parley.service-secret is required (PARLEY_SERVICE_SECRET)",
                        "parley.files.url-keys is required (PARLEY_FILES_URLKEYS)");
        assertThat(problems("gateway", List.of())).isEmpty();
    }

    private static List<String> problems(String service, List<String> arguments) throws ClassNotFoundException {
        Class<?> application = service.equals("gateway")
                ? GatewayServiceApplication.class
                : Class.forName(String.valueOf(
                        ServiceRegistry.load().registry().get(service).application()));
        return PlatformService.problemsOf(
                PlatformService.of(application, PlatformService.configurationName(service)),
                arguments.toArray(String[]::new));
    }
}
