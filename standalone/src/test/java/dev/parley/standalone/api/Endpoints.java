package dev.parley.standalone.api;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the services' controllers serve under {@code /api/v1}. */
final class Endpoints {

    private Endpoints() {}

    /** Each as {@code METHOD path}, with nameless variables. */
    static Set<String> inTheCode() {
        return classes(new AnnotationTypeFilter(RestController.class))
                .flatMap(Endpoints::of)
                .map(Endpoints::withoutNames)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Which name a variable of the path has is of no matter to a client. */
    static String withoutNames(String endpoint) {
        return endpoint.replaceAll("\\{\\w+}", "{}");
    }

    /** The classes of all services that pass the filter. */
    static Stream<Class<?>> classes(TypeFilter filter) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(filter);
        return scanner.findCandidateComponents("dev.parley").stream()
                .<Class<?>>map(found ->
                        ClassUtils.resolveClassName(found.getBeanClassName(), Endpoints.class.getClassLoader()))
                .filter(type -> !isOfTests(type));
    }

    /** Tests bring made-up services. */
    private static boolean isOfTests(Class<?> type) {
        String location =
                type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return location.contains("/test-classes/") || location.endsWith("-tests.jar");
    }

    static Stream<Class<?>> subtypes(Class<?> type) {
        return classes(new AssignableTypeFilter(type));
    }

    private static Stream<String> of(Class<?> controller) {
        RequestMapping prefixes = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
        return Arrays.stream(controller.getDeclaredMethods())
                .flatMap(method -> paths(prefixes).flatMap(prefix -> of(prefix, method)))
                .filter(endpoint -> endpoint.contains(" /api/v1/"));
    }

    private static Stream<String> of(String prefix, Method method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        return mapping == null
                ? Stream.empty()
                : Arrays.stream(mapping.method())
                        .flatMap(verb -> paths(mapping).map(path -> verb + " " + prefix + path));
    }

    private static Stream<String> paths(RequestMapping mapping) {
        return mapping == null || mapping.path().length == 0 ? Stream.of("") : Arrays.stream(mapping.path());
    }
}
