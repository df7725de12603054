package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Client.Account;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** With hashes that take some milliseconds, and a short queue for registrations. */
@TestPropertySource(
        properties = {
            "parley.auth.login-limits.per-account=3",
            "parley.auth.login-limits.per-address=10",
            "parley.auth.passwords.memory-kib=4096",
            "parley.auth.passwords.registration-queue=2",
            "parley.auth.registration-limits.tenant-burst=1000000"
        })
class SignInTest extends OverTheWire {

    private static final String LOGIN = "/api/v1/auth/login";

    /** Of each of those who flood the service. */
    private static final Duration BETWEEN_REGISTRATIONS = Duration.ofMillis(5);

    @Test
    void acceptsTheEmailInWhateverCase() {
        Account account = client.register("acme");
        ResponseSpec answer = login(account.text("email").toUpperCase(), "acme", Client.PASSWORD, Client.address());
        answer.expectStatus().isOk();
        assertThat(Client.json(answer).at("/user/id").asString()).isEqualTo(account.id());
    }

    @Test
    void looksInTheDefaultTenantWhereNoneIsNamed() {
        Account account = client.register("default");
        client.post(LOGIN, Map.of("email", account.text("email"), "password", Client.PASSWORD))
                .expectStatus()
                .isOk();
    }

    @Test
    void answersAlikeWhetherTheAccountExistsOrNot() {
        Account account = client.register("acme");
        String address = Client.address();
        JsonNode wrong = refused(login(account.text("email"), "acme", "wrong password", address));
        JsonNode unknown = refused(login("nobody@example.org", "acme", "wrong password", address));
        JsonNode otherTenant = refused(login(account.text("email"), "umbrella", Client.PASSWORD, address));
        assertThat(unknown.get("detail")).isEqualTo(wrong.get("detail"));
        assertThat(otherTenant.get("detail")).isEqualTo(wrong.get("detail"));
    }

    @Test
    void namesEveryMissingField() {
        JsonNode problem = Client.problem(client.post(LOGIN, Map.of()), 400, "request.invalid");
        assertThat(problem.get("errors").findValuesAsString("field")).containsExactlyInAnyOrder("email", "password");
    }

    @Test
    void limitsTheFailuresOfAnAccountFromAnAddress() {
        Account account = client.register("acme");
        String address = Client.address();
        for (int i = 0; i < 3; i++) {
            refused(login(account.text("email"), "acme", "wrong password", address));
        }
        tooMany(login(account.text("email"), "acme", Client.PASSWORD, address));
        tooMany(login(account.text("email").toUpperCase(), "acme", Client.PASSWORD, address));
    }

    @Test
    void letsTheOwnerInHoweverManyStrangersGuessElsewhere() {
        Account account = client.register("acme");
        for (int i = 0; i < 12; i++) {
            String address = Client.address();
            for (int j = 0; j < 3; j++) {
                refused(login(account.text("email"), "acme", "wrong password", address));
            }
            tooMany(login(account.text("email"), "acme", "wrong password", address));
        }
        login(account.text("email"), "acme", Client.PASSWORD, Client.address())
                .expectStatus()
                .isOk();
    }

    @Test
    void forgetsTheFailuresOfAnAccountThatSignsInFromTheSameAddress() {
        Account account = client.register("acme");
        String address = Client.address();
        for (int i = 0; i < 3; i++) {
            refused(login(account.text("email"), "acme", "wrong password", address));
            refused(login(account.text("email"), "acme", "wrong password", address));
            login(account.text("email"), "acme", Client.PASSWORD, address)
                    .expectStatus()
                    .isOk();
        }
    }

    @Test
    void limitsTheFailuresFromAnAddressWhateverTheAccount() {
        Account account = client.register("acme");
        String address = Client.address();
        for (int i = 0; i < 10; i++) {
            refused(login(Client.unique("guess") + "@example.org", "acme", "wrong password", address));
        }
        tooMany(login(account.text("email"), "acme", Client.PASSWORD, address));
        login(account.text("email"), "acme", Client.PASSWORD, Client.address())
                .expectStatus()
                .isOk();
    }

    @Test
    void believesOnlyTheForwardedAddressThatOurProxyAppended() {
        String address = Client.address();
        for (int i = 0; i < 10; i++) {
            String email = Client.unique("guess") + "@example.org";
            refused(login(email, "acme", "wrong password", "203.0.113." + i + ", " + address));
        }
        tooMany(login("guess@example.org", "acme", "wrong password", "203.0.113.99, " + address));
    }

    @Test
    void countsNoSignInThatSucceeds() {
        Account account = client.register("acme");
        String address = Client.address();
        for (int i = 0; i < 15; i++) {
            login(account.text("email"), "acme", Client.PASSWORD, address)
                    .expectStatus()
                    .isOk();
        }
    }

    @Test
    void signsInWhileMoreRegisterThanTheServiceCanTake() throws Exception {
        Account account = client.register("acme");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<List<Integer>> flood = Flux.range(0, 10)
                .flatMap(
                        i -> Mono.fromCallable(this::registerFromAnywhere)
                                .repeatWhen(registered -> registered
                                        .delayElements(BETWEEN_REGISTRATIONS, Schedulers.boundedElastic())
                                        .takeUntil(done -> over.get()))
                                .subscribeOn(Schedulers.boundedElastic()),
                        10)
                .collectList()
                .toFuture();

        try {
            for (int i = 0; i < 10; i++) {
                login(account.text("email"), "acme", Client.PASSWORD, Client.address())
                        .expectStatus()
                        .isOk();
            }
        } finally {
            over.set(true);
        }
        assertThat(flood.get(30, TimeUnit.SECONDS)).contains(201, 503).containsOnly(201, 503);
    }

    private int registerFromAnywhere() {
        return client.http
                .post()
                .uri("/api/v1/auth/register")
                .header("X-Forwarded-For", Client.address())
                .bodyValue(Client.registration(Client.unique("flood"), "acme"))
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
    }

    private ResponseSpec login(String email, String tenantId, String password, String forwardedFor) {
        return client.http
                .post()
                .uri(LOGIN)
                .header("X-Forwarded-For", forwardedFor)
                .bodyValue(Map.of("email", email, "password", password, "tenantId", tenantId))
                .exchange();
    }

    private static JsonNode refused(ResponseSpec answer) {
        return Client.problem(answer, 401, "auth.invalid-credentials");
    }

    private static void tooMany(ResponseSpec answer) {
        Client.problem(answer, 429, "auth.too-many-attempts");
        answer.expectHeader().value("Retry-After", seconds -> assertThat(Integer.parseInt(seconds))
                .isBetween(1, 301));
    }
}
