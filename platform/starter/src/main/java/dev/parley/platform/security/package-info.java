/** A service verifies here who sends a request: a user by a token, another service by the shared secret. */
package dev.parley.platform.security;
