package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Client.Account;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class RegistrationTest extends OverTheWire {

    private static final String REGISTER = "/api/v1/auth/register";

    @Test
    void answersWithTheUserAndTokens() {
        Map<String, Object> body = Client.registration("Ada", "acme");
        body.put("firstName", "Ada");
        body.put("lastName", "Lovelace");
        ResponseSpec answer = client.post(REGISTER, body);
        answer.expectStatus().isCreated();
        JsonNode json = Client.json(answer);
        assertThat(json.get("user").propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "tenantId",
                        "email",
                        "username",
                        "displayName",
                        "isBot",
                        "firstName",
                        "lastName",
                        "status",
                        "createdAt",
                        "updatedAt");
        assertThat(json.at("/user/displayName").asString()).isEqualTo("Ada Lovelace");
        assertThat(json.at("/user/tenantId").asString()).isEqualTo("acme");
        assertThat(json.at("/user/createdAt").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(json.at("/tokens/tokenType").asString()).isEqualTo("Bearer");
        assertThat(json.at("/tokens/expiresIn").asInt()).isEqualTo(900);
    }

    @Test
    void namesEveryOffendingFieldAtOnce() {
        Map<String, Object> body = new HashMap<>();
        body.put("email", "no-address");
        body.put("password", "short");
        body.put("username", 7);
        body.put("firstName", List.of());
        JsonNode problem = Client.problem(client.post(REGISTER, body), 400, "request.invalid");
        assertThat(problem.get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("email", "username", "firstName", "password");
        assertThat(problem.toString()).doesNotContain("short\"");
    }

    @Test
    void refusesAnythingButAJsonObject() {
        Client.problem(client.post(REGISTER, List.of()), 400, "request.malformed");
        Client.problem(client.http.post().uri(REGISTER).exchange(), 400, "request.malformed");
    }

    @Test
    void refusesAnEmailOrUsernameThatIsTakenWhateverItsCase() {
        Account taken = client.register("acme");
        Map<String, Object> sameEmail = Client.registration(Client.unique("other"), "acme");
        sameEmail.put("email", taken.text("email").toUpperCase());
        Client.problem(client.post(REGISTER, sameEmail), 409, "user.email-taken");
        Map<String, Object> sameName =
                Client.registration(taken.text("username").toUpperCase(), "acme");
        sameName.put("email", Client.unique("other") + "@example.org");
        Client.problem(client.post(REGISTER, sameName), 409, "user.username-taken");
    }

    @Test
    void letsTenantsHaveTheSameEmail() {
        Map<String, Object> body = Client.registration(Client.unique("twin"), "acme");
        Account first = client.register(body);
        body.put("tenantId", "umbrella");
        assertThat(client.register(body).id()).isNotEqualTo(first.id());
    }

    @Test
    void registersOneOfManyWhoAskForTheSameEmailAtOnce() {
        String email = Client.unique("racer") + "@example.org";
        List<Integer> statuses = inParallel(8, i -> {
            Map<String, Object> body = Client.registration(Client.unique("racer"), "acme");
            body.put("email", email);
            return client.post(REGISTER, body)
                    .expectBody()
                    .returnResult()
                    .getStatus()
                    .value();
        });
        assertThat(Collections.frequency(statuses, 201)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 409)).isEqualTo(7);
    }

    @Test
    void registersOneOfManyWhoAskForTheSameUsernameAtOnce() {
        String username = Client.unique("racer");
        List<Integer> statuses = inParallel(8, i -> {
            Map<String, Object> body = Client.registration(username, "acme");
            body.put("email", Client.unique("racer") + "@example.org");
            return client.post(REGISTER, body)
                    .expectBody()
                    .returnResult()
                    .getStatus()
                    .value();
        });
        assertThat(Collections.frequency(statuses, 201)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 409)).isEqualTo(7);
    }

    private static List<Integer> inParallel(int times, java.util.function.IntFunction<Integer> call) {
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        List<Thread> threads = IntStream.range(0, times)
                .mapToObj(i -> new Thread(() -> statuses.add(call.apply(i))))
                .toList();
        threads.forEach(Thread::start);
        threads.forEach(RegistrationTest::join);
        return List.copyOf(statuses);
    }

    private static void join(Thread thread) {
        try {
            thread.join(20_000);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
