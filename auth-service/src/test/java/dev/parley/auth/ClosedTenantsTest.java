package dev.parley.auth;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

@AuthServiceTest
@TestPropertySource(
        properties = {
            "parley.auth.tenants.on-demand=false",
            "parley.auth.tenants.names=acme,umbrella",
            "parley.auth.signing.wrapping-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        })
class ClosedTenantsTest {

    @Autowired
    private Environment environment;

    @Test
    void registersOnlyWithTenantsThatAreNamed() {
        Client client = new Client(environment);
        client.register("umbrella");
        Client.problem(
                client.post("/api/v1/auth/register", Client.registration(Client.unique("user"), "default")),
                400,
                "tenant.unknown");
    }

    @Test
    void publishesItsKeysToAnybody() {
        Client client = new Client(environment);
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
}
