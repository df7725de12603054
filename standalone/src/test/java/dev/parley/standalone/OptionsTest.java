package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.boot.StartupException;
import dev.parley.platform.registry.ServiceRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void thereIsOnePresenceNodeUnlessMoreAreAskedFor() {
        assertThat(nodes()).isEqualTo(1);
        assertThat(nodes("--presence-nodes", "3")).isEqualTo(3);
        assertThat(nodes("--presence-nodes=8", "--port", "0")).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "-1", "two", ""})
    void refusesANumberOfPresenceNodesThatItCannotRun(String number) {
        assertThatThrownBy(() -> of("--presence-nodes", number))
                .isInstanceOf(StartupException.class)
                .hasMessage("--presence-nodes takes a number from 1 to 8, not '" + number + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http"})
    void refusesAPortThatIsNone(String port) {
        assertThatThrownBy(() -> of("--port", port))
                .isInstanceOf(StartupException.class)
                .hasMessage("--port takes a number from 1 to 65535, not '" + port + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--message-nodes", "--weather-nodes", "---nodes", "--nodes"})
    void knowsNoNumberOfNodesForAServiceThatRunsInOne(String option) {
        assertThatThrownBy(() -> of(option, "2"))
                .isInstanceOf(StartupException.class)
                .hasMessage("Unknown option " + option + " (see ./run --help)");
    }

    @Test
    void limitsHowLongAStartMayTake() {
        assertThat(of().startLimit()).isEqualTo(Duration.ofMinutes(3));
        assertThat(of("--start-limit", "600").startLimit()).isEqualTo(Duration.ofMinutes(10));
        assertThat(of("--start-limit", "600").nodes().startLimit()).isEqualTo(Duration.ofMinutes(10));
        assertThatThrownBy(() -> of("--start-limit", "soon"))
                .isInstanceOf(StartupException.class)
                .hasMessage("--start-limit takes a number from 1 to 3600, not 'soon'");
    }

    @Test
    void opensTenantsOnlyWhenAsked() {
        assertThat(of().serviceSettings(8080)).containsExactly("--parley.public-port=8080");
        assertThat(of("--open-tenants", "--port", "0").serviceSettings(40404))
                .containsExactly("--parley.public-port=40404", "--parley.auth.tenants.on-demand=true");
    }

    @Test
    void limitsTheHeapOfANode() {
        assertThat(of().nodes().heap()).isEqualTo("256m");
        assertThat(of("--node-heap", "1g").nodes().heap()).isEqualTo("1g");
        assertThatThrownBy(() -> of("--node-heap", "much"))
                .isInstanceOf(StartupException.class)
                .hasMessage("--node-heap takes a size such as 256m, not 'much'");
    }

    @Test
    void makesAndRestoresBackupsInsteadOfStartingAnything() {
        assertThat(of().backup()).isNull();
        assertThat(of().restore()).isNull();
        assertThat(of("--backup", "/backups/monday").backup()).isEqualTo(Path.of("/backups/monday"));
        assertThat(of("--restore=monday", "--data", "new"))
                .extracting(Options::restore, Options::data, Options::withoutSecrets)
                .containsExactly(Path.of("monday"), Path.of("new"), false);
        assertThat(of("--restore", "monday", "--without-secrets").withoutSecrets())
                .isTrue();
        assertThatThrownBy(() -> of("--backup"))
                .isInstanceOf(StartupException.class)
                .hasMessage("--backup takes a folder");
    }

    private static int nodes(String... arguments) {
        return of(arguments).nodes().countOf("presence");
    }

    private static Options of(String... arguments) {
        return Options.of(arguments, Map.of(), ServiceRegistry.load());
    }
}
