package dev.parley.platform.error;

/**
 * One offending field of a request.
 *
 * @param field the path of the field, such as {@code attachments[0].size}
 * @param code what rule it broke, such as {@code required}
 * @param message the same for people
 */
public record FieldError(String field, String code, String message) {}
