package dev.parley.gateway.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads documents of the class path. */
final class ClassPathDocuments {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ClassPathDocuments() {}

    static String text(String path) {
        try {
            return new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static ObjectNode yaml(String path) {
        Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(path));
        return JSON.valueToTree(document);
    }

    static ObjectNode json(String path) {
        return (ObjectNode) JSON.readTree(text(path));
    }
}
