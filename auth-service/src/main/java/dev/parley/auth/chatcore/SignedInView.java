package dev.parley.auth.chatcore;

import dev.parley.auth.session.Grant;

/** The answer to a registration and to a sign-in. */
record SignedInView(UserView user, TokensView tokens) {

    static SignedInView of(Grant grant) {
        return new SignedInView(UserView.of(grant.user()), TokensView.of(grant));
    }
}
