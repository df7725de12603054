package dev.parley.auth.session;

import dev.parley.auth.token.AccessToken;
import dev.parley.auth.user.User;

/** What a sign-in or a refresh gives. */
public record Grant(User user, AccessToken accessToken, RefreshToken refreshToken) {}
