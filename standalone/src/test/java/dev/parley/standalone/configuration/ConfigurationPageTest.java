package dev.parley.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page names every setting of the sources. With {@code -Dparley.configuration.write=true} it is written anew. */
class ConfigurationPageTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/configuration.md");
    private static final Pattern NAMED = Pattern.compile("\\| `(parley\\.[^`]+)` \\|");
    private static final Pattern MEANT = Pattern.compile("`(parley\\.[a-z-]+\\.[a-z0-9.<>-]*[a-z>])`");

    private static final String HEAD = """
            # Configuration

            Every setting of every service. This page is written from the sources by
            [a test](../standalone/src/test/java/dev/parley/standalone/configuration/ConfigurationPageTest.java):
            `./mvnw -pl standalone -am -Dtest=ConfigurationPageTest -Dparley.configuration.write=true -Dsurefire.failIfNoSpecifiedTests=false test`.

            A setting is a property (`--parley.outbox.max-tries=9` on the command line, or in a file) or the variable of the environment beside it. Of a list, the
            entries are separated by commas. `<tenant>` and `<name>` stand for names; a property is the better way for them, since variables have no
            lower case. A default `${VARIABLE:5MB}` is that variable or, without it, what stands behind the colon. Times are written as `250ms`, `5s`, `10m`, `1h` or `30d`, sizes as `256KB` or `1MB`.

            ## Checking it

            With `--check-config` a service says what is wrong with its settings, a line for each, and ends: with 0 if nothing is, else with 1. It needs no store, no
            broker and no port, so it can be run before a roll-out, with the environment of the service:
            `java -jar auth-service/target/auth-service-0.1.0-SNAPSHOT-exec.jar --check-config`.

            A service that cannot start says why in one sentence, the last line of its log, and ends with 1 within seconds; so does `./run`:

            | It says | |
            |---|---|
            | there is no MongoDB at …, there is no Kafka at … | nothing answers there; see `MONGODB_URI`, `KAFKA_BOOTSTRAP_SERVERS` below. A service looks for about ten seconds, because one of them may start at the same time |
            | MongoDB at …, Kafka at … does not accept the user or the password | see below, too |
            | port … is taken | another program listens there |
            | `parley.`… is required, must be positive, is 'soon', which is no Duration, … | the setting that cannot be used, with its variable |
            | `parley.service-secret` is required, must have 16 characters or more | `PARLEY_SERVICE_SECRET` is missing, or too short to be hard to guess |
            | the data folder … was written by a newer version, a newer version … has written to the store | [an older version leaves them as they are](decisions/0042-older-programs-leave-newer-data-alone.md) |

            ## What to set first

            | Variable | Services | |
            |---|---|---|
            | `MONGODB_URI` | all but the gateway | the address of MongoDB with the database, such as `mongodb://user:password@db.example/parley?authSource=admin` |
            | `KAFKA_BOOTSTRAP_SERVERS` | all but the gateway | brokers, such as `kafka.example:9092`. Kafka's own client settings are variables that begin with `SPRING_KAFKA_PROPERTIES_` |
            | `PARLEY_SERVICE_SECRET` | all but the gateway | see below |
            | `PARLEY_AUTH_URL`, `PARLEY_CONVERSATION_URL`, `PARLEY_MESSAGE_URL`, `PARLEY_MEDIA_URL`, `PARLEY_NOTIFICATION_URL`, `PARLEY_PRESENCE_URL` | all | where the services are |
            | `PARLEY_NODES_PRESENCE` | gateway, auth | every presence node, where there are several |
            | `PARLEY_FILES_URLKEYS`, `PARLEY_FILES_PUBLICURL` | all but the gateway and notification | what signs the addresses of files; where clients reach the gateway |
            | `PARLEY_AUTH_SIGNING_WRAPPINGKEY` | auth | encrypts the keys that sign tokens |
            | `PORT` | all | the port; each service has one of its own by default |
            | `LOGGING_STRUCTURED_FORMAT_CONSOLE` | all | `ecs` or `logstash`: logs are lines of JSON, with `traceId` and `tenantId` where they are known; images set `ecs`. A log never holds what people write |
            | `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_TRACES_SAMPLER`, `OTEL_TRACES_SAMPLER_ARG` | all | where [traces](tracing.md) go, and which part of them; without the first nothing is traced |

            **`PARLEY_SERVICE_SECRET`** is with what services prove to each other that they are services, where they ask for what no user may ask: the path
            `/internal/platform`, by HTTP Basic with the user `service`. It is any text of 16 characters or more that is hard to guess, the same for all services; make one by
            `openssl rand -base64 32`. Who has it may read what all users may see, so keep it as you keep the password of the store, and let nobody but the
            services and operators reach their ports. To replace it, stop all services and start them with the new one; messages that clients send meanwhile are sent
            again by them. `./run` makes one at each start. Without one a service does not start.
            """;

    private static final String COLUMNS = "| Property | Variable | Type | Default | |\n|---|---|---|---|---|\n";

    @Test
    void thePageNamesEverySettingOfTheSources() throws IOException {
        String page = page(new DeclaredSettings(ROOT).rows());
        if (Boolean.getBoolean("parley.configuration.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).content().isEqualTo(page);
    }

    @Test
    void everySettingSaysWhatItIs() throws IOException {
        assertThat(new DeclaredSettings(ROOT).rows().values())
                .hasSizeGreaterThan(7)
                .allSatisfy(rows -> assertThat(rows)
                        .allSatisfy(row -> assertThat(row.text()).as(row.name()).isNotBlank()));
    }

    @Test
    void whatRunbooksHaveOneSetExists() throws IOException {
        Set<String> known = NAMED.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> runbooks = Files.list(ROOT.resolve("docs/runbooks"))) {
            for (Path runbook : runbooks.toList()) {
                List<String> meant = MEANT.matcher(Files.readString(runbook))
                        .results()
                        .map(found -> found.group(1))
                        .toList();
                assertThat(meant).as(runbook.toString()).allSatisfy(name -> assertThat(known)
                        .anyMatch(setting -> matches(setting, name)));
            }
        }
    }

    private static boolean matches(String setting, String name) {
        return setting.equals(name.replaceAll("<\\w+>", "<name>")) || setting.equals(name);
    }

    private static String page(Map<String, List<SettingRow>> rows) throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        section(page, "Every service", all(rows, "platform/"));
        List<SettingRow> shared = all(rows, "platform/").toList();
        for (String module : rows.keySet()) {
            if (!module.startsWith("platform/")) {
                section(page, module, ServiceFile.of(ROOT, module).over(shared, rows.get(module)));
            }
        }
        return page.toString();
    }

    private static Stream<SettingRow> all(Map<String, List<SettingRow>> rows, String modules) {
        return rows.entrySet().stream()
                .filter(module -> module.getKey().startsWith(modules))
                .flatMap(module -> module.getValue().stream());
    }

    private static void section(StringBuilder page, String title, Stream<SettingRow> rows) {
        page.append("\n## ").append(title).append("\n\n").append(COLUMNS);
        rows.sorted(Comparator.comparing(SettingRow::name))
                .map(SettingRow::line)
                .distinct()
                .forEach(line -> page.append(line).append('\n'));
    }
}
