package dev.parley.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The chart's values know every service. */
class ValuesTest {

    @Test
    void everyServiceHasASectionWithItsPort() throws IOException {
        Map<String, Map<String, Object>> values =
                new Yaml().load(Files.readString(Deployed.ROOT.resolve("deploy/helm/parley/values.yaml")));

        assertThat(Deployed.ports()).hasSizeGreaterThan(6).allSatisfy((service, port) -> assertThat(values.get(service))
                .as(service)
                .containsEntry("port", port));
    }
}
