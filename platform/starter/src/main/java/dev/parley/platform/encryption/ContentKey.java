package dev.parley.platform.encryption;

import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReplyReference;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The data key of one conversation, unwrapped: seals and opens the contents of its messages. Safe for use by many threads. */
public final class ContentKey {

    private static final String HMAC = "HmacSHA256";

    /** Bytes of a word that is found without being read: enough that no two words of a conversation meet. */
    private static final int WORD_BYTES = 16;

    private record Payload(
            @Nullable String title,
            List<Block> blocks,
            @Nullable String contentPreview) {}

    private final String conversationId;
    private final String id;
    private final SecretKey key;
    private final SecretKey words;
    private final JsonMapper json;

    ContentKey(String conversationId, String id, byte[] key, JsonMapper json) {
        this.conversationId = conversationId;
        this.id = id;
        this.key = AesGcm.key(key);
        this.words = new SecretKeySpec(mac(new SecretKeySpec(key, HMAC), "parley search words 1"), HMAC);
        this.json = json;
    }

    /** What is stored in place of the contents. They can be opened for this message alone. */
    public MessageContent seal(String messageId, MessageContent plain) {
        if (!plain.hasSomethingToSeal()) {
            return plain;
        }
        ReplyReference reply = plain.replyTo();
        Payload payload = new Payload(plain.title(), plain.blocks(), reply == null ? null : reply.contentPreview());
        byte[] sealed = AesGcm.seal(key, json.writeValueAsBytes(payload), context(messageId));
        return new MessageContent(
                null,
                List.of(new Block.Sealed(id, Base64.getEncoder().encodeToString(sealed), media(plain.blocks()))),
                reply == null ? null : reply.withPreview(""));
    }

    private static List<Block.MediaKind> media(List<Block> blocks) {
        return blocks.stream()
                .filter(Block.Media.class::isInstance)
                .map(block -> ((Block.Media) block).kind())
                .toList();
    }

    public MessageSnapshot seal(MessageSnapshot plain) {
        return seal(plain.id(), MessageContent.of(plain)).in(plain);
    }

    /** @throws IllegalStateException if they were sealed with another key, for another message, or were changed */
    public MessageContent open(String messageId, MessageContent sealed) {
        Block.Sealed block = sealed.blocks().stream()
                .filter(Block.Sealed.class::isInstance)
                .map(Block.Sealed.class::cast)
                .findFirst()
                .orElse(null);
        if (block == null) {
            return sealed;
        }
        if (!block.keyId().equals(id)) {
            throw new IllegalStateException(
                    "Message " + messageId + " is sealed with another key than its conversation");
        }
        byte[] plain = AesGcm.open(key, Base64.getDecoder().decode(block.content()), context(messageId));
        Payload payload = json.readValue(plain, Payload.class);
        ReplyReference reply = sealed.replyTo();
        String preview = Objects.requireNonNullElse(payload.contentPreview(), "");
        return new MessageContent(
                payload.title(),
                replaced(sealed.blocks(), block, payload.blocks()),
                reply == null ? null : reply.withPreview(preview));
    }

    /** What a later version put beside the sealed block stays there. */
    private static List<Block> replaced(List<Block> blocks, Block sealed, List<Block> opened) {
        return blocks.stream()
                .flatMap(block -> block == sealed ? opened.stream() : Stream.of(block))
                .toList();
    }

    private String context(String messageId) {
        return conversationId + "/" + messageId;
    }

    /** A name under which a word is found, and which does not tell the word: another one in each conversation. */
    public String blind(String word) {
        return HexFormat.of().formatHex(mac(words, word), 0, WORD_BYTES);
    }

    private static byte[] mac(SecretKey key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + HMAC, impossible);
        }
    }
}
