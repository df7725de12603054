package dev.parley.auth.chatcore;

import dev.parley.auth.session.SessionTokens;

/** @param expiresIn of the access token, in seconds */
record TokensView(String accessToken, String refreshToken, String tokenType, long expiresIn) {

    static TokensView of(SessionTokens tokens) {
        return new TokensView(
                tokens.accessToken().token().value(),
                tokens.refreshToken().value(),
                "Bearer",
                tokens.accessToken().lifetime().toSeconds());
    }

    @Override
    public String toString() {
        return "TokensView[***]";
    }
}
