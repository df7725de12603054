package dev.parley.auth.token;

import dev.parley.platform.security.BearerToken;
import java.time.Duration;

/** @param lifetime from its issue */
public record AccessToken(BearerToken token, Duration lifetime) {}
