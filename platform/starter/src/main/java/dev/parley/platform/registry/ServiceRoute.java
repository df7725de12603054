package dev.parley.platform.registry;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests that a service answers. Written as a path pattern, such as {@code /api/v1/users/**}, or as a method and a
 * path pattern, such as {@code DELETE /api/v1/users/*}.
 *
 * @param method null for every method
 * @param pattern as Spring's {@code PathPattern} reads it
 */
public record ServiceRoute(@Nullable String method, String pattern) {

    private static final Pattern FORM = Pattern.compile("(?:([A-Za-z]+)\\s+)?(/\\S*)");

    /** @throws IllegalArgumentException if the text is not a route */
    public static ServiceRoute valueOf(String text) {
        Matcher route = FORM.matcher(text.strip());
        if (!route.matches()) {
            throw new IllegalArgumentException(
                    "not a route, such as '/api/v1/users/**' or 'GET /api/v1/users': " + text);
        }
        String method = route.group(1);
        return new ServiceRoute(method == null ? null : method.toUpperCase(Locale.ROOT), route.group(2));
    }

    @Override
    public String toString() {
        return method == null ? pattern : method + " " + pattern;
    }
}
