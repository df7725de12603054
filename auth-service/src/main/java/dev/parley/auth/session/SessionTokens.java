package dev.parley.auth.session;

import dev.parley.auth.token.AccessToken;
import dev.parley.auth.user.User;

/** What a client is given when a session starts or is refreshed. */
public record SessionTokens(User user, AccessToken accessToken, RefreshToken refreshToken) {}
