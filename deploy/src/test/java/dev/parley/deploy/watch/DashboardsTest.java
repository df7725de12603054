package dev.parley.deploy.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards ask for what there is, in the language that Prometheus understands. */
class DashboardsTest {

    private static final Path GRAFANA = Rules.ROOT.resolve("deploy/grafana");

    /** Where Grafana puts the dashboards in its container. */
    private static final String MOUNTED = "/etc/grafana/dashboards";

    private record Query(String where, String expression) {}

    @Test
    void dashboardsAskForMetricsAndLabelsThatTheServicesHave() throws IOException {
        KnownMetrics known = new KnownMetrics(Rules.ROOT, Rules.recorded());

        assertThat(queries()).hasSizeGreaterThan(60).allSatisfy(query -> {
            Expression expression = new Expression(query.expression());
            assertThat(expression.selectors()).isNotEmpty();
            assertThat(expression.unknown(known)).as(query.toString()).isEmpty();
        });
    }

    @Test
    void everyDashboardHasAnIdAPlaceForEachPanelAndTheDataSourceThatIsChosen() throws IOException {
        List<String> ids = new ArrayList<>();
        for (Path file : files()) {
            JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(file));
            ids.add(dashboard.path("uid").asString());
            assertThat(dashboard.path("title").asString()).startsWith("Parley: ");
            assertThat(dashboard.at("/templating/list/0/name").asString()).isEqualTo("datasource");
            assertThat(dashboard.path("panels")).isNotEmpty().allSatisfy(panel -> {
                assertThat(panel.path("title").asString()).isNotBlank();
                assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
                assertThat(panel.at("/gridPos/x").asInt()
                                + panel.at("/gridPos/w").asInt())
                        .isLessThanOrEqualTo(24);
                assertThat(panel.path("targets")).isNotEmpty();
            });
        }
        assertThat(ids).hasSizeGreaterThan(5).doesNotHaveDuplicates();
    }

    @Test
    void grafanaIsToldWhereTheDashboardsAre() throws IOException {
        Map<String, List<Map<String, Map<String, String>>>> provisioning =
                new Yaml().load(Files.readString(GRAFANA.resolve("provisioning/dashboards/parley.yml")));

        assertThat(provisioning.get("providers").get(0).get("options")).containsEntry("path", MOUNTED);
    }

    @Test
    void prometheusUnderstandsEveryExpression() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboards\n    rules:\n");
        int number = 0;
        for (Query query : queries()) {
            String expression = query.expression().replace("$__rate_interval", "5m");
            assertThat(expression).as(query.where()).doesNotContain("$");
            rules.append("      - record: dashboards:query")
                    .append(number++)
                    .append("\n        expr: >-\n          ")
                    .append(expression)
                    .append('\n');
        }
        Path file = Files.createTempFile("dashboards", ".yml");
        Files.writeString(file, rules);

        assertThat(Promtool.run(file.getParent(), List.of("check", "rules", file.toString())))
                .startsWith("0: ");
    }

    private static List<Query> queries() throws IOException {
        List<Query> queries = new ArrayList<>();
        for (Path file : files()) {
            for (JsonNode panel :
                    JsonMapper.shared().readTree(Files.readString(file)).path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    queries.add(new Query(
                            file.getFileName() + ": " + panel.path("title").asString(),
                            target.path("expr").asString()));
                }
            }
        }
        return queries;
    }

    private static List<Path> files() throws IOException {
        return Rules.files(GRAFANA.resolve("dashboards"), ".json");
    }
}
