package dev.parley.auth;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = {
            "parley.auth.tenants.on-demand=false",
            "parley.auth.tenants.names=acme,umbrella",
            "parley.auth.signing.wrapping-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        })
class ClosedTenantsTest extends OverTheWire {

    @Test
    void registersOnlyWithTenantsThatAreNamed() {
        client.register("umbrella");
        Client.problem(
                client.post("/api/v1/auth/register", Client.registration(Client.unique("user"), "default")),
                400,
                "tenant.unknown");
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
}
