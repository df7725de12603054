package dev.parley.embedded.store.authentication;

import dev.parley.embedded.store.settings.Credentials;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.apache.kafka.common.security.scram.internals.ScramSaslServer;

/**
 * The password of the store in the form that SCRAM-SHA-256 (RFC 5802, RFC 7677) compares with. The mechanism itself is Kafka's,
 * which is on the class path for the broker.
 */
public final class StoredPassword {

    static final String MECHANISM = ScramMechanism.SCRAM_SHA_256.mechanismName();

    /** The least that the RFC allows: iterations slow down guessing, and nobody guesses a password of 256 random bits. */
    static final int ITERATIONS = ScramMechanism.SCRAM_SHA_256.minIterations();

    private final String user;
    private final ScramCredential credential;

    StoredPassword(String user, ScramCredential credential) {
        this.user = user;
        this.credential = credential;
    }

    /** Salted anew at each start. Clients that stay compute the salted password once for each salt. */
    public static StoredPassword of(Credentials credentials) {
        try {
            ScramFormatter scram = new ScramFormatter(ScramMechanism.SCRAM_SHA_256);
            return new StoredPassword(credentials.user(), scram.generateCredential(credentials.password(), ITERATIONS));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", impossible);
        }
    }

    /** Compares with what one client sends. */
    SaslServer newConversation() {
        try {
            return new ScramSaslServer(ScramMechanism.SCRAM_SHA_256, Map.of(), passwordOfTheNamedUser());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", impossible);
        }
    }

    /** Leaves the password out for a user that is not known, which Kafka's mechanism refuses. */
    private CallbackHandler passwordOfTheNamedUser() {
        return callbacks -> {
            String named = "";
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                    named = name.getDefaultName();
                } else if (callback instanceof ScramCredentialCallback wanted && named.equals(user)) {
                    wanted.scramCredential(credential);
                }
            }
        };
    }
}
