package dev.parley.embedded.store.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.junit.jupiter.api.Test;

/** The example of RFC 7677, section 3: user "user", password "pencil". */
class StoredPasswordTest {

    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    private static final String CLIENT_FIRST = "n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_FIRST =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private static final String CLIENT_FINAL = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String CLIENT_PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static final String SERVER_SIGNATURE = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    private final ScramFormatter scram = new ScramFormatter(ScramMechanism.SCRAM_SHA_256);
    private final ScramCredential pencil = credential("pencil");

    StoredPasswordTest() throws Exception {}

    @Test
    void comparesAsTheExampleOfTheRfcDoes() throws Exception {
        byte[] exchanged = (CLIENT_FIRST + "," + SERVER_FIRST + "," + CLIENT_FINAL).getBytes(StandardCharsets.UTF_8);

        byte[] clientKey = xor(Base64.getDecoder().decode(CLIENT_PROOF), hmac(pencil.storedKey(), exchanged));

        assertThat(scram.hash(clientKey)).isEqualTo(pencil.storedKey());
        assertThat(Base64.getEncoder().encodeToString(hmac(pencil.serverKey(), exchanged)))
                .isEqualTo(SERVER_SIGNATURE);
    }

    @Test
    void letsInWhoeverAnswersItsChallengeWithThePassword() throws Exception {
        SaslServer server = new StoredPassword("user", pencil).newConversation();

        byte[] answer = server.evaluateResponse(proof(server, "user", "pencil"));

        assertThat(new String(answer, StandardCharsets.UTF_8)).startsWith("v=");
        assertThat(server.isComplete()).isTrue();
    }

    @Test
    void refusesAnotherPasswordAnotherUserAndAnAnswerToAnotherChallenge() throws Exception {
        StoredPassword password = new StoredPassword("user", pencil);

        SaslServer server = password.newConversation();
        byte[] proof = proof(server, "user", "pencil!");
        assertThatThrownBy(() -> server.evaluateResponse(proof)).isInstanceOf(SaslException.class);
        assertThat(server.isComplete()).isFalse();

        assertThatThrownBy(() -> proof(password.newConversation(), "root", "pencil"))
                .isInstanceOf(SaslException.class);

        byte[] recorded = proof(password.newConversation(), "user", "pencil");
        SaslServer later = password.newConversation();
        proof(later, "user", "pencil");
        assertThatThrownBy(() -> later.evaluateResponse(recorded)).isInstanceOf(SaslException.class);
    }

    /** What a client sends last. */
    private byte[] proof(SaslServer server, String user, String password) throws Exception {
        String first = "n=" + user + ",r=rOprNGfwEbeRWgbNEkqO";
        String challenge = new String(
                server.evaluateResponse(("n,," + first).getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        assertThat(challenge).contains("s=W22ZaJ0SNY7soEsUEjb6gQ==").endsWith("i=4096");
        String last = "c=biws," + challenge.substring(0, challenge.indexOf(",s="));
        byte[] exchanged = (first + "," + challenge + "," + last).getBytes(StandardCharsets.UTF_8);
        byte[] clientKey = scram.clientKey(scram.saltedPassword(password, SALT, 4096));
        byte[] proof = xor(clientKey, hmac(scram.storedKey(clientKey), exchanged));
        return (last + ",p=" + Base64.getEncoder().encodeToString(proof)).getBytes(StandardCharsets.UTF_8);
    }

    private ScramCredential credential(String password) throws Exception {
        byte[] salted = scram.saltedPassword(password, SALT, 4096);
        return scram.generateCredential(SALT, salted, 4096);
    }

    private static byte[] hmac(byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] xor(byte[] one, byte[] other) {
        byte[] result = one.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= other[i];
        }
        return result;
    }
}
