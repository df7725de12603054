package dev.parley.deploy.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Prometheus itself says of its configuration and its rules. */
class PromtoolTest {

    @Test
    void prometheusAcceptsItsConfigurationAndTheRules() throws Exception {
        assertThat(Promtool.run(Rules.PROMETHEUS, List.of("check", "config", "prometheus.yml")))
                .startsWith("0: ");
    }

    @Test
    void theRulesDoWhatTheirTestsSay() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("test", "rules"));
        Rules.files(Rules.PROMETHEUS.resolve("tests"), ".yml").forEach(file -> arguments.add(file.toString()));

        assertThat(Promtool.run(Rules.PROMETHEUS, arguments)).startsWith("0: ");
    }
}
