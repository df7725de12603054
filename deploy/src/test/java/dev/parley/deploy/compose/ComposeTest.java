package dev.parley.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import dev.parley.deploy.chart.KnownSettings;
import dev.parley.platform.registry.ServiceRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The compose file is one, starts every service, and names only what there is. */
class ComposeTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** The document has names from before that version. */
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft201909())
            .keyword(new NonValidationKeyword("id"))
            .build();

    private static final Pattern MADE = Pattern.compile("(?m)^([A-Z0-9_]+)=\\$\\(random\\)$");
    private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z0-9_]+):\\?");

    private final ComposeFile compose = ComposeFile.read(name -> "value of " + name);

    private static List<String> violations(JsonNode value) throws IOException {
        try (InputStream file = ComposeTest.class.getResourceAsStream("/compose/compose-spec.json")) {
            ObjectNode specification = (ObjectNode) JSON.readTree(file);
            // An address of that version of JSON Schema which only this document knows.
            specification.remove("$schema");
            Schema schema = SchemaRegistry.withDialect(DIALECT).getSchema(specification);
            return schema.validate(value).stream().map(Error::toString).toList();
        }
    }

    @Test
    void isWrittenAsTheComposeSpecificationWants() throws IOException {
        JsonNode content = JSON.valueToTree(compose.content());
        ObjectNode wrong = (ObjectNode) content.deepCopy();
        ((ObjectNode) wrong.path("services").path("gateway-service")).put("readonly", true);

        assertThat(violations(content)).isEmpty();
        assertThat(violations(wrong)).isNotEmpty();
    }

    @Test
    void startsEveryServiceFromItsImageAndPublishesOnlyTheGateway() {
        assertThat(compose.services().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("gateway"), ServiceRegistry.load().registry().keySet().stream())
                                .toList());
        assertThat(compose.services()).allSatisfy((name, service) -> {
            assertThat(service.get("image")).isEqualTo("parley/" + name + "-service:0.1.0-SNAPSHOT");
            assertThat(ComposeFile.list(service, "ports")).hasSize(name.equals("gateway") ? 1 : 0);
        });
        assertThat(compose.all()).allSatisfy((name, service) -> assertThat(ComposeFile.list(service, "ports"))
                .as(name)
                .allMatch(port -> name.equals("gateway-service") || port.startsWith("127.0.0.1:")));
    }

    @Test
    void takesEverythingFromTheServicesThatTheyDoNotNeed() {
        assertThat(compose.services()).allSatisfy((name, service) -> assertThat(service)
                .as(name)
                .containsEntry("user", "10001:10001")
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"))
                .containsKeys("tmpfs", "mem_limit", "pids_limit"));
    }

    @Test
    void everyVariableIsASettingOfItsService() {
        assertThat(compose.services()).allSatisfy((name, service) -> assertThat(
                        ComposeFile.environment(service).keySet())
                .as(name)
                .hasSizeGreaterThan(8)
                .allMatch(KnownSettings.of(name)::has));
    }

    @Test
    void servicesFindEachOtherWhereTheyListen() {
        Map<String, String> addresses = new TreeMap<>();
        ServiceRegistry.load()
                .registry()
                .forEach((name, entry) -> addresses.put(
                        ServiceRegistry.addressVariable(name), "http://" + name + "-service:" + entry.port()));

        assertThat(compose.services())
                .allSatisfy((name, service) ->
                        assertThat(ComposeFile.environment(service)).as(name).containsAllEntriesOf(addresses));
        URI nodes = URI.create(
                ComposeFile.environment(compose.services().get("gateway")).get("PARLEY_NODES_PRESENCE"));
        assertThat("http://" + nodes.getAuthority()).isEqualTo(addresses.get("PARLEY_PRESENCE_URL"));
    }

    @Test
    void namesOnlyVolumesFoldersAndNetworksThatThereAre() {
        Map<?, ?> volumes = (Map<?, ?>) compose.content().get("volumes");
        Map<?, ?> networks = (Map<?, ?>) compose.content().get("networks");

        assertThat(compose.all()).allSatisfy((name, service) -> {
            assertThat(networks.keySet().containsAll(ComposeFile.list(service, "networks")))
                    .isTrue();
            for (String volume : ComposeFile.list(service, "volumes")) {
                String source = volume.substring(0, volume.indexOf(':'));
                if (source.startsWith("./")) {
                    assertThat(Files.exists(ComposeFile.FOLDER.resolve(source)))
                            .as(volume)
                            .isTrue();
                } else {
                    assertThat(volumes.containsKey(source)).as(volume).isTrue();
                }
            }
        });
    }

    @Test
    void theScriptThatStartsItMakesEverySecret() throws IOException {
        List<String> required =
                found(REQUIRED, "compose.yaml").stream().distinct().toList();

        assertThat(required).hasSizeGreaterThan(4);
        assertThat(found(MADE, "up")).containsExactlyInAnyOrderElementsOf(required);
    }

    private static List<String> found(Pattern pattern, String file) throws IOException {
        return pattern.matcher(Files.readString(ComposeFile.FOLDER.resolve(file)))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
