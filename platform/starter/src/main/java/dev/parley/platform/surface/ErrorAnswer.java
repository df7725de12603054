package dev.parley.platform.surface;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * An error in the form of one surface. Headers that mean the same to every client, such as {@code Retry-After}, are added
 * for all surfaces in one place.
 *
 * @param body written as JSON
 */
public record ErrorAnswer(HttpStatusCode status, MediaType contentType, Object body) {}
