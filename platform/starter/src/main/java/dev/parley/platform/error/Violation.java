package dev.parley.platform.error;

/**
 * A rule of the domain that a request breaks.
 *
 * @param subject what breaks it
 * @param code the rule, such as {@code unknown-user}
 * @param message the same for people, to be read after the subject: {@code is not a user of this tenant}
 */
public record Violation(Subject subject, String code, String message) {}
