package dev.parley.platform.security;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/** Knows which methods a path has. */
@FunctionalInterface
public interface AllowedMethods {

    /** @return without those that follow from others, {@code HEAD} and {@code OPTIONS}; empty if it is not known */
    Set<HttpMethod> of(PathContainer path);
}
