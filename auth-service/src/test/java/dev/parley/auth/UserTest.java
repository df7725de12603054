package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Client.Account;
import dev.parley.platform.test.TestTokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class UserTest extends OverTheWire {

    private static final String ME = "/api/v1/users/me";

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Test
    void showsWhoOneIs() {
        Account account = client.register("acme");
        ResponseSpec answer = client.get(ME, account.accessToken());
        answer.expectStatus().isOk();
        assertThat(Client.json(answer)).isEqualTo(client.login(account).user());
    }

    @Test
    void refusesAMissingAForgedAndAnUnreadableToken() {
        Client.problem(client.get(ME, null), 401, "auth.token-missing");
        Client.problem(client.get(ME, TestTokens.forgedTokenFor("somebody", "acme")), 401, "auth.invalid-token");
        Client.problem(client.get(ME, "nonsense"), 401, "auth.invalid-token");
    }

    @Test
    void refusesHeadersThatContradictTheToken() {
        Account account = client.register("acme");
        Client.problem(withHeader(account, "X-Tenant-ID", "umbrella"), 403, "auth.header-mismatch");
        Client.problem(withHeader(account, "x-user-id", "somebody"), 403, "auth.header-mismatch");
        withHeader(account, "X-Tenant-ID", "acme").expectStatus().isOk();
    }

    @Test
    void changesOnlyTheFieldsThatAreGiven() {
        Map<String, Object> body = Client.registration(Client.unique("user"), "acme");
        body.put("firstName", "Grace");
        body.put("lastName", "Hopper");
        Account account = client.register(body);
        JsonNode changed = patch(account, Map.of("displayName", "Amazing Grace", "lastName", "", "phone", "+1 555 01"));
        assertThat(changed.get("displayName").asString()).isEqualTo("Amazing Grace");
        assertThat(changed.get("firstName").asString()).isEqualTo("Grace");
        assertThat(changed.get("phone").asString()).isEqualTo("+1 555 01");
        assertThat(changed.has("lastName")).isFalse();
        assertThat(changed.get("createdAt")).isEqualTo(account.user().get("createdAt"));
        assertThat(Client.json(client.get(ME, account.accessToken()))).isEqualTo(changed);
    }

    @Test
    void namesEveryOffendingFieldOfAChange() {
        Account account = client.register("acme");
        ResponseSpec answer = client.send(
                HttpMethod.PATCH,
                ME,
                account.accessToken(),
                Map.of("displayName", "", "firstName", 1, "phone", "1".repeat(33)));
        JsonNode problem = Client.problem(answer, 400, "request.invalid");
        assertThat(problem.get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("displayName", "firstName", "phone");
    }

    @Test
    void hidesTheUsersOfOtherTenants() {
        Account account = client.register("acme");
        Account colleague = client.register("acme");
        Account stranger = client.register("umbrella");
        client.get("/api/v1/users/" + colleague.id(), account.accessToken())
                .expectStatus()
                .isOk();
        Client.problem(client.get("/api/v1/users/" + stranger.id(), account.accessToken()), 404, "user.not-found");
        Client.problem(client.get("/api/v1/users/none", account.accessToken()), 404, "user.not-found");
    }

    @Test
    void findsUsersByTheBeginningsOfTheirWords() {
        String tenant = Client.unique("tenant");
        Map<String, Object> body = Client.registration("jsmith", tenant);
        body.put("displayName", "John O'Brien-Smith");
        body.put("email", "john.s@Example.org");
        Account john = client.register(body);
        client.register(Client.registration("johanna", tenant));
        assertThat(found(john, "JOHN")).containsExactly("jsmith");
        assertThat(found(john, "joh")).containsExactly("johanna", "jsmith");
        assertThat(found(john, "o'br")).containsExactly("jsmith");
        assertThat(found(john, "smith joh")).containsExactly("jsmith");
        assertThat(found(john, "jsm")).containsExactly("jsmith");
        assertThat(found(john, "ohn")).isEmpty();
        assertThat(found(john, "john nobody")).isEmpty();
        assertThat(found(john, ".*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hidden.one@mail.example",
                "HIDDEN.ONE@MAIL.EXAMPLE",
                "hidden.one@",
                "hidden.one",
                "hidden",
                "one",
                "mail.example",
                "mail",
                "example",
                "@",
                "+1555",
                "1555",
                "555"
            })
    void findsNobodyByAnEmailOrAPhone(String query) {
        String tenant = Client.unique("tenant");
        Map<String, Object> body = Client.registration("somebody", tenant);
        body.put("email", "hidden.one@mail.example");
        Account account = client.register(body);
        patch(account, Map.of("phone", "+1555 1234"));
        assertThat(found(account, query)).isEmpty();

        // As users were stored when emails could be searched for.
        mongo.updateFirst(
                        Query.query(Criteria.where("_id").is(account.id())),
                        new Update()
                                .push("searchWords")
                                .each("hidden.one@mail.example", "hidden", "one", "mail", "example"),
                        "users")
                .block();
        assertThat(found(account, query)).isEmpty();
        assertThat(found(account, "some")).containsExactly("somebody");
    }

    @Test
    void findsUsersByTheirNewNameAndNoLongerByTheOld() {
        String tenant = Client.unique("tenant");
        Map<String, Object> body = Client.registration("changer", tenant);
        body.put("displayName", "Before");
        Account account = client.register(body);
        patch(account, Map.of("displayName", "After"));
        assertThat(found(account, "after")).containsExactly("changer");
        assertThat(found(account, "before")).isEmpty();
    }

    @Test
    void listsTheTenantByUsernameInPages() {
        String tenant = Client.unique("tenant");
        Account someone = client.register(Client.registration("Delta", tenant));
        List.of("charlie", "Alpha", "bravo").forEach(name -> client.register(Client.registration(name, tenant)));
        client.register("umbrella");
        assertThat(usernames(list(someone, ""))).containsExactly("Alpha", "bravo", "charlie", "Delta");
        JsonNode second = list(someone, "?page=2&limit=3");
        assertThat(usernames(second)).containsExactly("Delta");
        assertThat(second.get("meta").toString())
                .isEqualTo("{\"page\":2,\"limit\":3,\"total\":4,\"totalPages\":2,\"hasMore\":false}");
        Client.problem(client.get("/api/v1/users?page=0&limit=x", someone.accessToken()), 400, "request.invalid");
        Client.problem(
                client.get("/api/v1/users?query=" + "x".repeat(101), someone.accessToken()), 400, "request.invalid");
    }

    @Test
    void hasNoDoorForServicesWithoutASecret() {
        for (String path :
                List.of("sessions/some/token", "users/lookup", "users/profiles", "users/privacy", "users/addresses")) {
            Client.problem(
                    client.http.post().uri("/internal/platform/" + path).exchange(), 404, "request.no-such-resource");
        }
    }

    private JsonNode patch(Account account, Map<String, Object> change) {
        ResponseSpec answer = client.send(HttpMethod.PATCH, ME, account.accessToken(), change);
        answer.expectStatus().isOk();
        return Client.json(answer);
    }

    private List<String> found(Account account, String query) {
        ResponseSpec answer = client.http
                .get()
                .uri("/api/v1/users?query={query}", query)
                .header("Authorization", "Bearer " + account.accessToken())
                .exchange();
        answer.expectStatus().isOk();
        return usernames(Client.json(answer));
    }

    private JsonNode list(Account account, String query) {
        ResponseSpec answer = client.get("/api/v1/users" + query, account.accessToken());
        answer.expectStatus().isOk();
        return Client.json(answer);
    }

    private static List<String> usernames(JsonNode page) {
        return page.get("data").findValuesAsString("username");
    }

    private ResponseSpec withHeader(Account account, String name, String value) {
        return client.http
                .get()
                .uri(ME)
                .header("Authorization", "Bearer " + account.accessToken())
                .header(name, value)
                .exchange();
    }
}
