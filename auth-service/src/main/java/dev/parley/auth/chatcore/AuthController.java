package dev.parley.auth.chatcore;

import dev.parley.auth.credential.Registration;
import dev.parley.auth.credential.SignIn;
import dev.parley.auth.session.RefreshToken;
import dev.parley.auth.session.SessionTokens;
import dev.parley.auth.session.Sessions;
import dev.parley.platform.security.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Registration, sign-in, refresh and sign-out. */
@RestController
@RequestMapping("/api/v1/auth")
class AuthController {

    private final Registration registration;
    private final SignIn signIn;
    private final Sessions sessions;
    private final RequestOrigin origin;
    private final RequestedTenant tenants;
    private final UserViews views;

    AuthController(
            Registration registration,
            SignIn signIn,
            Sessions sessions,
            RequestOrigin origin,
            RequestedTenant tenants,
            UserViews views) {
        this.views = views;
        this.registration = registration;
        this.signIn = signIn;
        this.sessions = sessions;
        this.origin = origin;
        this.tenants = tenants;
    }

    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<SignedInView> register(@RequestBody(required = false) @Nullable JsonNode body, ServerHttpRequest request) {
        AuthRequests.Register register = AuthRequests.register(body, request.getHeaders(), tenants);
        return registration
                .register(register.user(), register.password(), register.key(), origin.address(request))
                .map(tokens -> new SignedInView(views.ofNew(tokens.user()), TokensView.of(tokens)));
    }

    @PostMapping("/login")
    Mono<SignedInView> login(@RequestBody(required = false) @Nullable JsonNode body, ServerHttpRequest request) {
        AuthRequests.Login login = AuthRequests.login(body, request.getHeaders(), tenants);
        return signIn.signIn(login.tenantId(), login.email(), login.password(), origin.address(request))
                .flatMap(this::view);
    }

    private Mono<SignedInView> view(SessionTokens tokens) {
        return views.own(tokens.user()).map(user -> new SignedInView(user, TokensView.of(tokens)));
    }

    @PostMapping("/refresh")
    Mono<TokensView> refresh(@RequestBody(required = false) @Nullable JsonNode body) {
        return sessions.refresh(AuthRequests.refresh(body)).map(TokensView::of);
    }

    /** A refresh token is enough, so that clients can sign out after their access token has expired. */
    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> logout(@RequestBody(required = false) @Nullable JsonNode body, ServerHttpRequest request) {
        Optional<RefreshToken> token = AuthRequests.logout(body);
        return token.isPresent()
                ? sessions.end(token.get())
                : origin.caller(request).flatMap(caller -> sessions.end(caller.sessionId()));
    }

    @PostMapping("/logout-all")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> logoutAll(Caller caller) {
        return sessions.endAllOf(caller.userId());
    }
}
