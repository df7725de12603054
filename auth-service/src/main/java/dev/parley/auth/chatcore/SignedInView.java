package dev.parley.auth.chatcore;

/** The answer to a registration and to a sign-in. */
record SignedInView(OwnUserView user, TokensView tokens) {}
