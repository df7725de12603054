package dev.parley.auth.chatcore;

import dev.parley.auth.session.Grant;

/** @param expiresIn of the access token, in seconds */
record TokensView(String accessToken, String refreshToken, String tokenType, long expiresIn) {

    static TokensView of(Grant grant) {
        return new TokensView(
                grant.accessToken().token().value(),
                grant.refreshToken().value(),
                "Bearer",
                grant.accessToken().lifetime().toSeconds());
    }

    @Override
    public String toString() {
        return "TokensView[***]";
    }
}
