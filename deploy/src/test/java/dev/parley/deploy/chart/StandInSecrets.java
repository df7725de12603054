package dev.parley.deploy.chart;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** What stands for the content of secrets: of the form that each setting takes. */
final class StandInSecrets {

    private static final String KEY = base64(new byte[32]);

    private static final Map<String, String> VALUES = Map.of(
            "MONGODB_URI",
            "mongodb://mongodb:27017/parley",
            // Of RFC 8291, appendix A.
            "PARLEY_NOTIFICATION_WEBPUSH_PRIVATEKEY",
            "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
            "PARLEY_NOTIFICATION_APNS_KEY",
            base64(pem("EC").getBytes(StandardCharsets.US_ASCII)),
            "PARLEY_NOTIFICATION_FCM_CREDENTIALS",
            base64(serviceAccount().getBytes(StandardCharsets.UTF_8)));

    private StandInSecrets() {}

    static String of(String variable) {
        return VALUES.getOrDefault(variable, KEY);
    }

    private static String serviceAccount() {
        return """
                {"type": "service_account", "project_id": "chat-example", "private_key_id": "1", "private_key": "%s",
                 "client_email": "push@chat-example.iam.gserviceaccount.com", "token_uri": "https://oauth2.googleapis.com/token"}
                """.formatted(pem("RSA").replace("\n", "\\n"));
    }

    private static String pem(String algorithm) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance(algorithm);
            // Nothing is signed with it.
            keys.initialize(algorithm.equals("EC") ? 256 : 1024);
            return "-----BEGIN PRIVATE KEY-----\n"
                    + base64(keys.generateKeyPair().getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
