package dev.parley.auth.user;

/**
 * By which a registration that is sent again is recognised.
 *
 * @param value the tenant and what the client calls the request; no two users have the same
 * @param fingerprint of what the request says of the user, without the password
 */
public record RegistrationKey(String value, String fingerprint) {}
