package dev.parley.platform.request;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.http.HttpMethod;

/** What the header {@code Allow} says (RFC 9110, section 10.2.1). */
public final class Allow {

    private Allow() {}

    /** These methods in the order of their names, and those that every path has: {@code HEAD} beside {@code GET}, and {@code OPTIONS}. */
    public static Set<HttpMethod> of(Collection<HttpMethod> methods) {
        Set<HttpMethod> allowed = new LinkedHashSet<>(
                methods.stream().sorted(Comparator.comparing(HttpMethod::name)).toList());
        if (allowed.contains(HttpMethod.GET)) {
            allowed.add(HttpMethod.HEAD);
        }
        allowed.add(HttpMethod.OPTIONS);
        return allowed;
    }
}
