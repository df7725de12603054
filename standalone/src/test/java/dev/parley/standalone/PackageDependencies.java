package dev.parley.standalone;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which packages of a service know which others of it. A service's own package, which holds what all of its capabilities
 * share, may be known to each and is not listed.
 */
final class PackageDependencies {

    private static final String ROOT = "(root)";

    private PackageDependencies() {}

    /** As the classes have it. */
    static Map<String, Set<String>> of(String service, JavaClasses classes) {
        String root = "dev.parley." + service;
        Map<String, Set<String>> dependencies = new TreeMap<>();
        for (JavaClass type : classes) {
            if (isIn(root, type)) {
                Set<String> known = dependencies.computeIfAbsent(name(root, type), first -> new TreeSet<>());
                type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .map(JavaClass::getBaseComponentType)
                        .filter(other -> isIn(root, other))
                        .map(other -> name(root, other))
                        .filter(other -> !other.equals(ROOT) && !other.equals(name(root, type)))
                        .forEach(known::add);
            }
        }
        dependencies.values().removeIf(Set::isEmpty);
        return dependencies;
    }

    /** As {@code src/test/resources/layout} has it: a line for each package, {@code edit: history store}. */
    static Map<String, Set<String>> stated(String service) {
        String name = "/layout/" + service + "-service.txt";
        try (InputStream file = PackageDependencies.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("There is no src/test/resources" + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(": *", 2))
                    .collect(Collectors.toMap(
                            line -> line[0],
                            line -> new TreeSet<>(Arrays.asList(line[1].split(" +"))),
                            (one, other) -> {
                                throw new IllegalStateException("Stated twice: " + other);
                            },
                            TreeMap::new));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static boolean isIn(String root, JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    private static String name(String root, JavaClass type) {
        return type.getPackageName().equals(root) ? ROOT : type.getPackageName().substring(root.length() + 1);
    }
}
