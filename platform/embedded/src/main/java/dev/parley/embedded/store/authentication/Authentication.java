package dev.parley.embedded.store.authentication;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.error.StoreError;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the client of one connection has proved that it knows the password, as MongoDB asks for it: {@code saslStart} and
 * {@code saslContinue} with SCRAM-SHA-256. Without a password every client is let in. The commands of a connection come one
 * after the other.
 */
public final class Authentication {

    private static final Logger log = LoggerFactory.getLogger(Authentication.class);
    private static final int CONVERSATION_ID = 1;

    private final @Nullable StoredPassword password;
    private @Nullable SaslServer conversation;
    private boolean withoutLastExchange;
    private boolean passed;

    public Authentication(@Nullable StoredPassword password) {
        this.password = password;
        this.passed = password == null;
    }

    /**
     * Answers the commands that authenticate, and lets others pass where they may.
     *
     * @param next carries out the command
     */
    public Document handle(String command, Document query, Supplier<Document> next) {
        if (password == null) {
            return next.get();
        }
        return switch (command.toLowerCase(Locale.ROOT)) {
            case "saslstart" -> start(password, query);
            case "saslcontinue" -> goOn(query);
            case "hello", "ismaster" -> withMechanisms(query, next.get());
            case "ping" -> next.get();
            default -> {
                if (!passed) {
                    throw StoreError.UNAUTHORIZED.with("Command " + command + " requires authentication");
                }
                yield next.get();
            }
        };
    }

    /** Without this answer to its question a driver would choose SCRAM-SHA-1. */
    private static Document withMechanisms(Document query, Document hello) {
        return query.containsKey("saslSupportedMechs")
                ? hello.append("saslSupportedMechs", List.of(StoredPassword.MECHANISM))
                : hello;
    }

    private Document start(StoredPassword known, Document query) {
        passed = false;
        Object mechanism = query.get("mechanism");
        if (!StoredPassword.MECHANISM.equals(mechanism)) {
            throw StoreError.MECHANISM_UNAVAILABLE.with(
                    "Received authentication for mechanism " + mechanism + " which is not enabled");
        }
        conversation = known.newConversation();
        withoutLastExchange = query.get("options") instanceof Document options
                && Boolean.TRUE.equals(options.get("skipEmptyExchange"));
        return step(conversation, payload(query));
    }

    private Document goOn(Document query) {
        SaslServer current = conversation;
        if (current == null) {
            throw failed(null);
        }
        if (current.isComplete()) {
            return reply(new byte[0], finish());
        }
        return step(current, payload(query));
    }

    private Document step(SaslServer current, byte[] message) {
        try {
            byte[] answer = current.evaluateResponse(message);
            return reply(answer, current.isComplete() && withoutLastExchange && finish());
        } catch (SaslException | KafkaException | IllegalArgumentException refused) {
            throw failed(refused);
        }
    }

    private boolean finish() {
        conversation = null;
        passed = true;
        return true;
    }

    private RuntimeException failed(@Nullable Exception cause) {
        conversation = null;
        log.warn("A client could not be authenticated: {}", String.valueOf(cause));
        return StoreError.AUTHENTICATION_FAILED.with("Authentication failed.");
    }

    private static byte[] payload(Document query) {
        if (query.get("payload") instanceof BinData payload) {
            return payload.getData();
        }
        throw StoreError.AUTHENTICATION_FAILED.with("Authentication failed.");
    }

    private static Document reply(byte[] payload, boolean done) {
        Document reply = new Document("conversationId", CONVERSATION_ID)
                .append("done", done)
                .append("payload", new BinData(payload));
        Utils.markOkay(reply);
        return reply;
    }
}
