package dev.parley.deploy.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** One object for Kubernetes. */
record Manifest(Map<String, Object> content) {

    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet");

    /** All objects of a stream of YAML documents. */
    static List<Manifest> parse(String documents) {
        return StreamSupport.stream(new Yaml().loadAll(documents).spliterator(), false)
                .filter(document -> document != null)
                .map(document -> new Manifest(map(document)))
                .toList();
    }

    String kind() {
        return (String) content.get("kind");
    }

    String name() {
        return (String) at("metadata", "name");
    }

    /** What runs pods of Parley: a store or a broker that stands beside it has no such label. */
    boolean isService() {
        return WORKLOADS.contains(kind()) && labels().containsKey("app.kubernetes.io/component");
    }

    /** The service of Parley that it is about. */
    String service() {
        return labels().get("app.kubernetes.io/component");
    }

    Map<String, String> labels() {
        return strings(at("metadata", "labels"));
    }

    /** What stands at this path; null if nothing does. */
    Object at(String... path) {
        Object here = content;
        for (String key : path) {
            here = here == null ? null : map(here).get(key);
        }
        return here;
    }

    List<Map<String, Object>> listAt(String... path) {
        return list(at(path));
    }

    /** The only container. */
    Map<String, Object> container() {
        List<Map<String, Object>> containers = listAt("spec", "template", "spec", "containers");
        if (containers.size() != 1) {
            throw new IllegalStateException(name() + " has " + containers.size() + " containers");
        }
        return containers.get(0);
    }

    /** The variables that a container starts with. */
    List<Variable> environment() {
        return list(container().get("env")).stream().map(Variable::of).toList();
    }

    /** The same with the entries of its ConfigMaps, as far as they are here, as variables of its own. */
    Manifest withConfigMaps(List<Manifest> manifests) {
        Map<String, Object> copy = map(new Yaml().load(new Yaml().dump(content)));
        Map<String, Object> container = new Manifest(copy).container();
        List<Map<String, Object>> variables = list(container.get("env"));
        Set<Object> own = variables.stream().map(entry -> entry.get("name")).collect(Collectors.toSet());
        for (Map<String, Object> from : list(container.get("envFrom"))) {
            find(manifests, "ConfigMap", (String) map(from.get("configMapRef")).get("name"))
                    .map(settings -> map(settings.at("data")))
                    .orElse(Map.of())
                    .forEach((name, value) -> {
                        if (own.add(name)) {
                            variables.add(Map.of("name", name, "value", value));
                        }
                    });
        }
        container.put("env", variables);
        return new Manifest(copy);
    }

    /** The only manifest of a kind with a name. */
    static Optional<Manifest> find(List<Manifest> manifests, String kind, String name) {
        return manifests.stream()
                .filter(manifest ->
                        manifest.kind().equals(kind) && manifest.name().equals(name))
                .findFirst();
    }

    static Stream<Manifest> services(List<Manifest> manifests) {
        return manifests.stream().filter(Manifest::isService);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static Map<String, String> strings(Object value) {
        return value == null ? Map.of() : (Map<String, String>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Object value) {
        return value == null ? List.of() : new ArrayList<>((List<Map<String, Object>>) value);
    }

    /**
     * A variable of the environment.
     *
     * @param value null if it is in a secret
     * @param secret the secret's name and key, with a slash between; null if there is a value
     */
    record Variable(String name, String value, String secret) {

        static Variable of(Map<String, Object> entry) {
            Map<String, Object> from = map(map(entry.get("valueFrom")).get("secretKeyRef"));
            return new Variable(
                    (String) entry.get("name"),
                    (String) entry.get("value"),
                    from.isEmpty() ? null : from.get("name") + "/" + from.get("key"));
        }
    }
}
