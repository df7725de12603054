package dev.parley.platform.security;

import reactor.core.publisher.Mono;

/** Knows what users are called now: a token says what its bearer was called when it was issued. */
@FunctionalInterface
public interface CallerProfiles {

    /** The caller with the newest profile that is known; never fails, and is the caller as given if nothing is known. */
    Mono<Caller> current(Caller caller);
}
