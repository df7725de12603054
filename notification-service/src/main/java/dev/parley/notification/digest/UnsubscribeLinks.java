package dev.parley.notification.digest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Makes and reads the links that switch e-mails off. A link says whose they are and is signed, so that it works without a sign-in, for that user
 * alone, and can do nothing else. It does not end: an old e-mail must still be good for it.
 */
@Component
public final class UnsubscribeLinks {

    /** Whose e-mails a link switches off. */
    public record Recipient(String tenantId, String userId) {}

    private static final String PATH = "/api/v1/email-digest/unsubscribe/";
    private static final String ALGORITHM = "HmacSHA256";

    /** What is signed begins with it, so that a signature is of use for nothing else. */
    private static final String PURPOSE = "email-digest\n";

    private static final int MAX_LENGTH = 1_024;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final DigestSettings settings;

    UnsubscribeLinks(DigestSettings settings) {
        this.settings = settings;
    }

    String of(Recipient recipient, String language) {
        return base() + PATH + token(recipient) + "?language=" + language;
    }

    /** The address that opens a conversation. */
    String conversation(String conversationId) {
        return base() + "/#/c/" + conversationId;
    }

    private String base() {
        String base = settings.publicUrl();
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    String token(Recipient recipient) {
        byte[] content = (recipient.tenantId() + '\n' + recipient.userId()).getBytes(StandardCharsets.UTF_8);
        return ENCODER.encodeToString(content) + '.' + ENCODER.encodeToString(signature(settings.linkKey(), content));
    }

    /** Whose e-mails the token switches off; empty if it was not made here. */
    public Optional<Recipient> read(String token) {
        String[] parts = token.split("\\.", -1);
        if (token.length() > MAX_LENGTH || parts.length != 2) {
            return Optional.empty();
        }
        try {
            byte[] content = Base64.getUrlDecoder().decode(parts[0]);
            byte[] given = Base64.getUrlDecoder().decode(parts[1]);
            boolean signed = keys().anyMatch(key -> MessageDigest.isEqual(signature(key, content), given));
            String[] names = new String(content, StandardCharsets.UTF_8).split("\n", -1);
            return signed && names.length == 2 ? Optional.of(new Recipient(names[0], names[1])) : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private Stream<String> keys() {
        return Stream.concat(Stream.of(settings.linkKey()), settings.formerLinkKeys().stream())
                .filter(key -> !key.isEmpty());
    }

    private static byte[] signature(String key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(PURPOSE.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(content);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
