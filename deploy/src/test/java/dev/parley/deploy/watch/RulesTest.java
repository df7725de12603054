package dev.parley.deploy.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class RulesTest {

    private static final Path RUNBOOKS = Rules.ROOT.resolve("docs/runbooks");

    @Test
    void rulesAskForMetricsAndLabelsThatTheServicesHave() throws IOException {
        KnownMetrics known = new KnownMetrics(Rules.ROOT, Rules.recorded());
        List<Map<String, Object>> rules = Stream.concat(
                        Rules.of("recordings.yml").stream(), Rules.of("alerts.yml").stream())
                .toList();

        assertThat(rules).hasSizeGreaterThan(30).allSatisfy(rule -> {
            Expression expression = new Expression((String) rule.get("expr"));
            assertThat(expression.selectors()).isNotEmpty();
            assertThat(expression.unknown(known)).as(rule.toString()).isEmpty();
        });
    }

    @Test
    void aRenamedMetricOrLabelIsFound() throws IOException {
        KnownMetrics known = new KnownMetrics(Rules.ROOT, Set.of("parley:recorded"));

        assertThat(new Expression("sum by (job) (rate(parley_fanout_latency_seconds_bucket{le=\"1.0\"}[5m])) > 1e3")
                        .unknown(known))
                .isEmpty();
        assertThat(new Expression(
                                "sum by (nodes) (rate(parley_fanout_seconds_count{job=\"x y{\"}[5m])) or parley:recorded")
                        .unknown(known))
                .containsExactly("no metric parley_fanout_seconds_count", "no label nodes");
        assertThat(new Expression("parley_fanout_latency_seconds_count{le=\"1.0\"}").unknown(known))
                .containsExactly("no label le of parley_fanout_latency_seconds_count");
        assertThat(new Expression("parley_outbox_oldest_seconds{topic=~\"a|b\"} / 2").unknown(known))
                .containsExactly("no label topic of parley_outbox_oldest_seconds");
    }

    @Test
    void anAlertSaysWhatIsWrongAndWhereItIsExplained() throws IOException {
        assertThat(Rules.of("alerts.yml")).allSatisfy(alert -> {
            Map<String, String> annotations = annotations(alert);
            assertThat(((Map<?, ?>) alert.get("labels")).get("severity")).isIn("critical", "warning");
            assertThat(annotations.get("summary")).matches("[A-Za-z{][^\n]+\\.").doesNotContain(". ");
            assertThat(Rules.ROOT.resolve(annotations.get("runbook_url")))
                    .exists()
                    .hasParentRaw(RUNBOOKS);
        });
    }

    @Test
    void everyRunbookHasItsAlertAndNamesIt() throws IOException {
        List<Path> runbooks = Rules.files(RUNBOOKS, ".md");
        Map<Path, List<String>> alerts = Rules.of("alerts.yml").stream()
                .collect(Collectors.groupingBy(
                        alert -> Rules.ROOT.resolve(annotations(alert).get("runbook_url")),
                        Collectors.mapping(alert -> (String) alert.get("alert"), Collectors.toList())));

        assertThat(runbooks).isNotEmpty().allSatisfy(runbook -> {
            assertThat(alerts).containsKey(runbook);
            String text = Files.readString(runbook);
            assertThat(alerts.get(runbook)).allSatisfy(alert -> assertThat(text).contains("`" + alert + "`"));
            assertThat(text)
                    .startsWith("# ")
                    .contains("**What it means.**")
                    .contains("**How to see it.**")
                    .contains("**What to do.**");
        });
    }

    /** As promtool runs them; that they come out as written is its to say. */
    @Test
    @SuppressWarnings("unchecked")
    void everyAlertIsTriedWhereItFiresAndWhereItDoesNot() throws IOException {
        Set<String> fires = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (Path file : Rules.files(Rules.PROMETHEUS.resolve("tests"), ".yml")) {
            Map<String, List<Map<String, Object>>> read = new Yaml().load(Files.readString(file));
            read.get("tests").stream()
                    .flatMap(test -> ((List<Map<String, Object>>) test.get("alert_rule_test")).stream())
                    .forEach(tried -> (((List<?>) tried.get("exp_alerts")).isEmpty() ? silent : fires)
                            .add((String) tried.get("alertname")));
        }

        assertThat(Rules.of("alerts.yml"))
                .extracting(alert -> (String) alert.get("alert"))
                .doesNotHaveDuplicates()
                .allSatisfy(alert -> {
                    assertThat(fires).contains(alert);
                    assertThat(silent).contains(alert);
                });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> annotations(Map<String, Object> alert) {
        return (Map<String, String>) alert.get("annotations");
    }
}
