package dev.parley.auth.token;

import dev.parley.platform.security.BearerToken;
import java.time.Duration;

/** @param lifetime counted from when it was issued */
public record AccessToken(BearerToken token, Duration lifetime) {}
