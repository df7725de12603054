package dev.parley.notification.preference;

/**
 * E-mails about what a user has not read.
 *
 * @param afterHours for how long the user is away before there is one
 */
public record EmailDigest(boolean enabled, int afterHours) {}
