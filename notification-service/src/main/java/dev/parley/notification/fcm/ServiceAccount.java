package dev.parley.notification.fcm;

import dev.parley.notification.provider.Credentials;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who asks Google for tokens.
 *
 * @param tokenUri where they are given out
 */
record ServiceAccount(String projectId, String clientEmail, String keyId, PrivateKey key, String tokenUri) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @return empty if it is none */
    static Optional<ServiceAccount> parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            ServiceAccount account = new ServiceAccount(
                    json.path("project_id").asString(""),
                    json.path("client_email").asString(""),
                    json.path("private_key_id").asString(""),
                    key(json.path("private_key").asString("")),
                    json.path("token_uri").asString(""));
            return account.clientEmail.isEmpty() || account.tokenUri.isEmpty()
                    ? Optional.empty()
                    : Optional.of(account);
        } catch (JacksonException | GeneralSecurityException none) {
            return Optional.empty();
        }
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        byte[] pkcs8 = Credentials.pem(pem).orElse(new byte[0]);
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    @Override
    public String toString() {
        return "ServiceAccount[" + clientEmail + ", ***]";
    }
}
