package dev.parley.platform.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.events.Block;
import dev.parley.events.QuoteState;
import dev.parley.events.ReplyReference;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

class ContentKeysTest {

    private static final String OLD = Base64.getEncoder().encodeToString(AesGcm.newKey());
    private static final String NEW = Base64.getEncoder().encodeToString(AesGcm.newKey());
    private static final MessageContent WRITTEN = new MessageContent(
            "A title",
            List.of(
                    Block.Text.plain("grüße"),
                    Block.Media.elsewhere(
                            Block.MediaKind.IMAGE, "f", "/f", null, "secret.png", "image/png", 3, 640, 480, null),
                    new Block.Encrypted("{\"k\": 1.0}")),
            new ReplyReference("m0", "Ann", "what she said", 4L, "ann", QuoteState.TEXT));

    @Test
    void opensWhatItSealed() {
        ContentKey key = key("c1");
        MessageContent sealed = key.seal("m1", WRITTEN);

        assertThat(sealed.isSealed()).isTrue();
        assertThat(sealed.title()).isNull();
        assertThat(sealed.replyTo()).isEqualTo(new ReplyReference("m0", "Ann", "", 4L, "ann", QuoteState.TEXT));
        assertThat(sealed.toString()).doesNotContain("grüße", "secret.png", "what she said");
        assertThat(key.open("m1", sealed)).isEqualTo(WRITTEN);
        assertThat(key.seal("m1", WRITTEN)).isNotEqualTo(sealed);
    }

    @Test
    void saysOfWhichKindsTheFilesAre() {
        Block.Sealed sealed =
                (Block.Sealed) key("c1").seal("m1", WRITTEN).blocks().get(0);

        assertThat(sealed.media()).containsExactly(Block.MediaKind.IMAGE);
    }

    @Test
    void opensNothingElsewhere() {
        ContentKey key = key("c1");
        MessageContent sealed = key.seal("m1", WRITTEN);

        assertThatThrownBy(() -> key.open("m2", sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> key("c1").open("m1", sealed)).isInstanceOf(IllegalStateException.class);
        Block.Sealed block = (Block.Sealed) sealed.blocks().get(0);
        byte[] bytes = Base64.getDecoder().decode(block.content());
        bytes[bytes.length / 2] ^= 1;
        MessageContent changed = new MessageContent(
                null,
                List.of(new Block.Sealed(block.keyId(), Base64.getEncoder().encodeToString(bytes), block.media())),
                sealed.replyTo());
        assertThatThrownBy(() -> key.open("m1", changed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void leavesNoticesAndTombstonesAsTheyAre() {
        MessageContent notice = new MessageContent(
                null, List.of(new Block.Notice(Block.NoticeKind.MEMBER_LEFT, List.of(), "Ann left")), null);
        MessageContent tombstone = new MessageContent(null, List.of(), null);

        assertThat(key("c1").seal("m1", notice)).isSameAs(notice);
        assertThat(key("c1").seal("m1", tombstone)).isSameAs(tombstone);
    }

    @Test
    void opensBlocksOfALaterVersionAsTheyWereSealed() {
        Block poll = new Block.Unknown("poll", Map.of("text", "Lunch?", "options", List.of(Map.of("id", 1))));
        MessageContent written = new MessageContent(null, List.of(Block.Text.plain("Hungry"), poll), null);
        ContentKey key = key("c1");

        MessageContent sealed = key.seal("m1", written);

        assertThat(sealed.toString()).doesNotContain("Lunch?");
        assertThat(key.open("m1", sealed)).isEqualTo(written);
    }

    @Test
    void leavesWhatALaterVersionPutBesideASealedBlock() {
        Block before = new Block.Unknown("banner", Map.of("text", "before"));
        Block after = new Block.Unknown("banner", Map.of("text", "after"));
        ContentKey key = key("c1");
        Block sealed = key.seal("m1", WRITTEN).blocks().get(0);

        MessageContent opened = key.open("m1", new MessageContent(null, List.of(before, sealed, after), null));

        assertThat(opened.blocks()).startsWith(before).endsWith(after).containsAll(WRITTEN.blocks());
    }

    @Test
    void hidesWordsDifferentlyInEachConversation() {
        ContentKey key = key("c1");

        assertThat(key.blind("word")).isEqualTo(key.blind("word")).matches("[0-9a-f]{32}");
        assertThat(key.blind("word"))
                .isNotEqualTo(key.blind("words"))
                .isNotEqualTo(key("c2").blind("word"));
    }

    @Test
    void unwrapsWithOlderMasterKeysAndWrapsWithTheCurrent() {
        KeyManagement before = new ConfiguredKeys(settings(null, Map.of("old", OLD)));
        KeyManagement during = new ConfiguredKeys(settings("new", Map.of("old", OLD, "new", NEW)));
        KeyManagement after = new ConfiguredKeys(settings(null, Map.of("new", NEW)));
        byte[] dataKey = AesGcm.newKey();
        KeyManagement.Wrapped wrapped = before.wrap(dataKey, "c1").block();

        assertThat(during.unwrap(wrapped, "c1").block()).isEqualTo(dataKey);
        KeyManagement.Wrapped again = during.wrap(dataKey, "c1").block();
        assertThat(again.masterKeyId()).isEqualTo("new");
        assertThat(after.unwrap(again, "c1").block()).isEqualTo(dataKey);
        assertThatThrownBy(() -> after.unwrap(wrapped, "c1").block()).hasMessageContaining("no master key old");
        assertThatThrownBy(() -> during.unwrap(wrapped, "c2").block()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesMasterKeysThatAreNone() {
        assertThatThrownBy(() -> new ConfiguredKeys(settings(null, Map.of("k", "not base64!"))))
                .hasMessage("parley.encryption.master-keys.k is not Base64");
        assertThatThrownBy(() -> new ConfiguredKeys(settings(null, Map.of("k", "c2hvcnQ="))))
                .hasMessageContaining("256 bits");
        assertThatThrownBy(() -> new ConfiguredKeys(settings("x", Map.of("k", OLD))))
                .hasMessageContaining("names x");
        assertThatThrownBy(() -> new ConfiguredKeys(settings(null, Map.of("k", OLD, "l", NEW))))
                .hasMessageContaining("current-key");
        assertThatThrownBy(() -> new ConfiguredKeys(settings(null, Map.of())).currentKeyId())
                .hasMessageContaining("master-keys");
        assertThat(settings(null, Map.of("k", OLD)).toString())
                .contains("[k]", "***")
                .doesNotContain(OLD);
    }

    private static EncryptionSettings settings(String current, Map<String, String> keys) {
        return new EncryptionSettings(
                EncryptionSettings.Mode.SERVER, current, keys, 10, Duration.ofMinutes(1), Duration.ofHours(1), 10);
    }

    private static ContentKey key(String conversationId) {
        EncryptionSettings settings = settings(null, Map.of("k", OLD));
        KeyManagement management = new ConfiguredKeys(settings);
        return new ContentKeys(id -> Mono.empty(), management, settings, new JsonMapper())
                .unwrapped(ConversationKey.of(
                        conversationId,
                        "id",
                        management.wrap(AesGcm.newKey(), conversationId).block()))
                .block();
    }
}
