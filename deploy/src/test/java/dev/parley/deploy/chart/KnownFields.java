package dev.parley.deploy.chart;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares objects with the client library's models, which keep what they do not know in a map of its own. */
final class KnownFields {

    private static final Map<String, Class<?>> MODELS = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
            Map.entry("v1/Pod", Pod.class),
            Map.entry("v1/Secret", Secret.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
            Map.entry("gateway.networking.k8s.io/v1/HTTPRoute", HTTPRoute.class));

    /** Of extensions without a model: the fields of their definitions that are used here. What is below a star is free. */
    private static final Map<String, Set<String>> EXTENSIONS = Map.of(
            "external-secrets.io/v1/ExternalSecret",
            Set.of(
                    "spec.refreshInterval",
                    "spec.secretStoreRef.name",
                    "spec.secretStoreRef.kind",
                    "spec.target.name",
                    "spec.target.creationPolicy",
                    "spec.dataFrom[].extract.key"),
            "monitoring.coreos.com/v1/PodMonitor",
            Set.of(
                    "spec.selector.matchLabels.*",
                    "spec.podMetricsEndpoints[].port",
                    "spec.podMetricsEndpoints[].path",
                    "spec.podMetricsEndpoints[].interval",
                    "spec.podMetricsEndpoints[].relabelings[].targetLabel",
                    "spec.podMetricsEndpoints[].relabelings[].replacement"),
            "monitoring.coreos.com/v1/ServiceMonitor",
            Set.of(
                    "spec.selector.matchLabels.*",
                    "spec.endpoints[].targetPort",
                    "spec.endpoints[].path",
                    "spec.endpoints[].interval",
                    "spec.endpoints[].relabelings[].action",
                    "spec.endpoints[].relabelings[].sourceLabels[]",
                    "spec.endpoints[].relabelings[].regex",
                    "spec.endpoints[].relabelings[].targetLabel",
                    "spec.endpoints[].relabelings[].replacement"),
            "monitoring.coreos.com/v1/PrometheusRule",
            Set.of(
                    "spec.groups[].name",
                    "spec.groups[].interval",
                    "spec.groups[].rules[].record",
                    "spec.groups[].rules[].alert",
                    "spec.groups[].rules[].expr",
                    "spec.groups[].rules[].for",
                    "spec.groups[].rules[].labels.*",
                    "spec.groups[].rules[].annotations.*"));

    private static final Set<String> METADATA =
            Set.of("apiVersion", "kind", "metadata.name", "metadata.namespace", "metadata.labels.*");

    private static final ObjectMapper MAPPER = mapper();

    private KnownFields() {}

    /** A number is no text for Kubernetes, as it is for Jackson. */
    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper();
        for (CoercionInputShape shape :
                Set.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        mapper.coercionConfigFor(LogicalType.Integer).setCoercion(CoercionInputShape.String, CoercionAction.Fail);
        mapper.coercionConfigFor(LogicalType.Boolean).setCoercion(CoercionInputShape.String, CoercionAction.Fail);
        return mapper;
    }

    /**
     * The paths of the fields that Kubernetes does not know.
     *
     * @throws IllegalArgumentException if a value is of another type, or if nothing is known of such objects
     */
    static Set<String> unknown(Manifest manifest) {
        String type = manifest.at("apiVersion") + "/" + manifest.kind();
        Set<String> unknown = new TreeSet<>();
        if (MODELS.containsKey(type)) {
            collect(MAPPER.convertValue(manifest.content(), MODELS.get(type)), "", unknown);
        } else if (EXTENSIONS.containsKey(type)) {
            paths(MAPPER.valueToTree(manifest.content()), "", unknown);
            unknown.removeIf(path -> isStated(path, METADATA) || isStated(path, EXTENSIONS.get(type)));
        } else {
            throw new IllegalArgumentException("Nothing is known of the fields of " + type);
        }
        return unknown;
    }

    private static boolean isStated(String path, Set<String> stated) {
        return stated.stream()
                .anyMatch(known -> known.endsWith("*")
                        ? path.startsWith(known.substring(0, known.length() - 1))
                        : path.equals(known));
    }

    private static void paths(JsonNode node, String path, Set<String> found) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> paths(
                            field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), found));
        } else if (node.isArray()) {
            node.forEach(item -> paths(item, path + "[]", found));
        } else {
            found.add(path);
        }
    }

    private static void collect(Object value, String path, Set<String> unknown) {
        if (value instanceof Collection<?> items) {
            items.forEach(item -> collect(item, path + "[]", unknown));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> collect(item, join(path, key.toString()), unknown));
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model.")) {
            for (Method method : value.getClass().getMethods()) {
                if (method.isAnnotationPresent(JsonAnyGetter.class)) {
                    ((Map<?, ?>) call(value, method)).keySet().forEach(key -> unknown.add(join(path, key.toString())));
                } else if (isGetter(method)) {
                    String name = Character.toLowerCase(method.getName().charAt(3))
                            + method.getName().substring(4);
                    collect(call(value, method), join(path, name), unknown);
                }
            }
        }
    }

    private static boolean isGetter(Method method) {
        return method.getName().startsWith("get")
                && method.getName().length() > 3
                && method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && !method.getName().equals("getClass");
    }

    private static Object call(Object value, Method getter) {
        try {
            return getter.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
