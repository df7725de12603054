package dev.parley.auth.internal;

import dev.parley.auth.session.Sessions;
import dev.parley.auth.token.AccessToken;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Gives services new access tokens for a session in whose name they act for long, such as on an open socket. */
@RestController
class SessionTokenController {

    /** @param expiresIn in seconds */
    record TokenView(String accessToken, long expiresIn) {

        static TokenView of(AccessToken token) {
            return new TokenView(token.token().value(), token.lifetime().toSeconds());
        }

        @Override
        public String toString() {
            return "TokenView[***]";
        }
    }

    private final Sessions sessions;

    SessionTokenController(Sessions sessions) {
        this.sessions = sessions;
    }

    @PostMapping("/internal/platform/sessions/{sessionId}/token")
    Mono<TokenView> issue(@PathVariable String sessionId) {
        return sessions.accessToken(sessionId).map(TokenView::of);
    }
}
