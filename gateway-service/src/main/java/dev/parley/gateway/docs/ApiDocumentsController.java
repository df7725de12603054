package dev.parley.gateway.docs;

import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Serves the documents that the pages under {@code /docs/} show, in YAML and in JSON. */
@RestController
final class ApiDocumentsController {

    /** RFC 9512. */
    private static final String YAML = "application/yaml";

    private final String openApi;
    private final String openApiJson;
    private final String asyncApi;
    private final String asyncApiJson;

    ApiDocumentsController(OpenApiDocument api) {
        ObjectNode requests = api.document();
        openApi = yaml(requests);
        openApiJson = requests.toString();
        ObjectNode events = AsyncApiDocument.assemble(requests);
        asyncApi = yaml(events);
        asyncApiJson = events.toString();
    }

    private static String yaml(ObjectNode document) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        return new Yaml(options).dump(JsonMapper.shared().convertValue(document, Map.class));
    }

    @GetMapping(path = "/docs/openapi.yaml", produces = YAML)
    String openApi() {
        return openApi;
    }

    @GetMapping(path = "/docs/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String openApiJson() {
        return openApiJson;
    }

    @GetMapping(path = "/docs/asyncapi.yaml", produces = YAML)
    String asyncApi() {
        return asyncApi;
    }

    @GetMapping(path = "/docs/asyncapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String asyncApiJson() {
        return asyncApiJson;
    }
}
