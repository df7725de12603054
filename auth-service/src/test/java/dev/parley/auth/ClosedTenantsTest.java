package dev.parley.auth;

import static dev.parley.auth.Client.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Tenants as an installation has them, and few registrations at once, so that the limits are soon met. */
@TestPropertySource(
        properties = {
            "parley.auth.tenants.on-demand=false",
            "parley.auth.tenants.registration[Acme.2]=open",
            "parley.auth.tenants.registration.umbrella=closed",
            "parley.auth.registration-limits.address-burst=3",
            "parley.auth.registration-limits.tenant-burst=30",
            "parley.auth.signing.wrapping-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        })
class ClosedTenantsTest extends OverTheWire {

    private static final String REGISTER = "/api/v1/auth/register";

    @Autowired
    private ReactiveMongoTemplate mongo;

    @ParameterizedTest
    @ValueSource(strings = {"default", "Acme.2"})
    void registersWithTenantsThatAreOpen(String tenantId) {
        register(tenantId, address()).expectStatus().isCreated();
    }

    @Test
    void refusesARegistrationWithATenantThatIsClosed() {
        Client.problem(register("umbrella", address()), 403, "tenant.registration-closed");
    }

    @Test
    void refusesARegistrationWithATenantThatWasMadeWhenTenantsWereOpen() {
        mongo.insert(new Document("_id", "made-before"), "tenants").block();

        Client.problem(register("made-before", address()), 403, "tenant.registration-closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"made-up", "DEFAULT", "default.", "acme.2", "Acme-2"})
    void refusesARegistrationWithATenantThatDoesNotExist(String tenantId) {
        Client.problem(register(tenantId, address()), 400, "tenant.unknown");
        assertThat(mongo.findById(tenantId, Document.class, "tenants").block()).isNull();
    }

    @Test
    void limitsTheRegistrationsFromAnAddressWhateverTheTenantAndTheEnd() {
        String address = address();
        register("default", address).expectStatus().isCreated();
        Client.problem(register("umbrella", address), 403, "tenant.registration-closed");
        Client.problem(register("made-up", address), 400, "tenant.unknown");

        tooMany(register("default", address));
        register("default", address()).expectStatus().isCreated();
    }

    @Test
    void takesTheNetworkOfAnIpv6AddressForOneAddress() {
        String network = "2001:db8:0:" + Client.unique("");
        for (String host : List.of("::1", ":aaaa:bbbb:cccc:dddd", "::ffff:0:1")) {
            register("default", network + host).expectStatus().isCreated();
        }

        tooMany(register("default", network + "::4"));
        register("default", "2001:db8:1:" + Client.unique("") + "::1")
                .expectStatus()
                .isCreated();
    }

    @Test
    void takesAnIpv4AddressForTheSameHoweverItIsWritten() {
        String address = address();
        for (String written : List.of(address, "::ffff:" + address, address)) {
            register("default", written).expectStatus().isCreated();
        }

        tooMany(register("default", "::ffff:" + address));
    }

    @Test
    void limitsTheRegistrationsInATenantFromWhereverTheyCome() {
        for (int i = 0; i < 30; i++) {
            Client.problem(register("flooded", address()), 400, "tenant.unknown");
        }
        ResponseSpec refused = null;
        // A few are let in for the time that the others took.
        for (int i = 0; i < 200 && (refused == null || status(refused) != 429); i++) {
            refused = register("flooded", address());
        }

        tooMany(refused);
        register("default", address()).expectStatus().isCreated();
    }

    @Test
    void publishesItsKeysToAnybody() {
        client.get("/.well-known/jwks.json", null)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Cache-Control", "max-age=300, public")
                .expectBody()
                .jsonPath("$.keys[0].kty")
                .isEqualTo("EC")
                .jsonPath("$.keys[0].d")
                .doesNotExist();
    }

    private ResponseSpec register(String tenantId, String forwardedFor) {
        return client.http
                .post()
                .uri(REGISTER)
                .header("X-Forwarded-For", forwardedFor)
                .bodyValue(Client.registration(Client.unique("user"), tenantId))
                .exchange();
    }

    private static void tooMany(ResponseSpec answer) {
        Client.problem(answer, 429, "request.rate-limited");
        answer.expectHeader().value("Retry-After", seconds -> assertThat(Integer.parseInt(seconds))
                .isPositive());
    }

    private static int status(ResponseSpec answer) {
        return answer.returnResult(Void.class).getStatus().value();
    }
}
