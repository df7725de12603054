package dev.parley.media;

import static dev.parley.media.Uploads.PNG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.media.StubConversations.Member;
import dev.parley.media.blob.BlobKeys;
import dev.parley.media.blob.BlobStore;
import dev.parley.media.deletion.FileSweeper;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.reference.FileReferences;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;

/** What messages name is kept, and what nothing names is deleted. */
class SweepTest extends MediaServiceTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    @Autowired
    private FileStore files;

    @Autowired
    private FileReferences references;

    @Autowired
    private FileSweeper sweeper;

    @Autowired
    private BlobStore blobs;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

    @BeforeEach
    void twoMembers() {
        StubConversations.admit(conversation, alice, bob);
    }

    @Test
    void whatIsNotAttachedIsDeletedAfterADay() {
        String file = uploads().ready(as(alice));
        String key = stored(file).uploaded().key();

        sweep(Instant.now().plus(DAY).minus(HOUR));
        assertThat(get(alice, file).status()).isEqualTo(200);
        sweep(Instant.now().plus(DAY).plus(HOUR));

        assertThat(get(alice, file).code()).isEqualTo("file.not-found");
        assertThat(blobs.open(key, null).blockOptional()).isEmpty();
        assertThat(files.remove(file).block()).as("nothing is left").isFalse();
    }

    @Test
    void whatAMessageNamesIsKeptUntilTheLastOfThemIsDeleted() {
        String file = attached();
        MessageSnapshot first = message(1, file);
        MessageSnapshot second = message(2, file);
        publish(new MessageCreated(first, null));
        publish(new MessageCreated(second, null));
        awaitNamed(file, 2);
        sweep(Instant.now().plus(DAY.multipliedBy(30)));
        assertThat(get(bob, file).status()).isEqualTo(200);

        publish(new MessageDeleted(tombstone(first), alice));
        publish(new MessageDeleted(tombstone(first), alice));
        Until.satisfied(() -> assertThat(isNamedAt(file, 1)).isFalse());
        sweep(Instant.now().plus(DAY));
        assertThat(get(bob, file).status()).isEqualTo(200);

        publish(new MessageDeleted(tombstone(second), alice));
        Until.satisfied(() -> assertThat(stored(file).expiresAt()).isNotNull());
        sweep(Instant.now().plus(HOUR));

        assertThat(get(alice, file).code()).isEqualTo("file.not-found");
    }

    @Test
    void aFormerMemberSeesWhatWasSentDuringTheMembership() {
        String before = attached();
        String after = attached();
        String removed = "removed-" + Ids.next();
        StubConversations.admit(conversation, removed, Member.until(4));
        publish(new MessageCreated(message(4, before), null));
        publish(new MessageCreated(message(5, after), null));
        awaitNamed(before, 4);
        awaitNamed(after, 5);

        assertThat(get(removed, before).status()).isEqualTo(200);
        assertThat(get(removed, after).code()).isEqualTo("file.not-found");
        assertThat(as(removed).call("DELETE", path(before), Map.of()).code()).isEqualTo("auth.forbidden");
        String newcomer = "newcomer-" + Ids.next();
        StubConversations.admit(conversation, newcomer, new Member(5, null, true, false));
        assertThat(get(newcomer, before).code()).isEqualTo("file.not-found");
        assertThat(get(newcomer, after).status()).isEqualTo(200);
    }

    @Test
    void allFilesOfAConversationGoWithIt() {
        String sent = attached();
        String notSent = attached();
        publish(new MessageCreated(message(1, sent), null));
        awaitNamed(sent, 1);
        publish(new ConversationDeleted(conversation, TENANT, bob, bob));
        publish(new ConversationDeleted(conversation, TENANT, null, alice));

        Until.satisfied(() -> {
            sweep(Instant.now().plusSeconds(1));
            assertThat(get(alice, sent).code()).isEqualTo("file.not-found");
            assertThat(get(alice, notSent).code()).isEqualTo("file.not-found");
        });
    }

    @Test
    void blobsThatBelongToNoFileAreDeleted() {
        String file = uploads().ready(as(alice));
        String key = BlobKeys.next();
        blobs.write(key, Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(PNG)), PNG.length)
                .block();

        sweeper.sweepBlobs(Instant.now().minus(HOUR)).block();
        assertThat(blobs.open(key, null).blockOptional()).isPresent();
        sweeper.sweepBlobs(Instant.now().plus(HOUR)).block();

        assertThat(blobs.open(key, null).blockOptional()).isEmpty();
        assertThat(blobs.open(stored(file).uploaded().key(), null).blockOptional())
                .isPresent();
    }

    /** Other tests have left files, too, and only a batch of them goes at once. */
    private void sweep(Instant now) {
        while (sweeper.sweepFiles(now).block() > 0) {
            // until none is left
        }
    }

    private StoredFile stored(String fileId) {
        return files.byId(fileId).block();
    }

    private void awaitNamed(String fileId, long seq) {
        Until.satisfied(() -> {
            assertThat(isNamedAt(fileId, seq)).isTrue();
            assertThat(stored(fileId).expiresAt()).as("it is kept").isNull();
        });
    }

    private boolean isNamedAt(String fileId, long seq) {
        return references
                .existsWithin(fileId, List.of(new FileReferences.Range(seq, seq)))
                .block();
    }

    private void publish(ConversationEvent event) {
        publisher.publish(events.pending(event)).block();
    }

    private String attached() {
        String file = uploads().ready(as(alice));
        Map<String, ?> request =
                Map.of("tenantId", TENANT, "senderId", alice, "conversationId", conversation, "fileIds", List.of(file));
        assertThat(asService().post("/internal/platform/files/attach", request).status())
                .isEqualTo(200);
        return file;
    }

    private MessageSnapshot message(long seq, String fileId) {
        return message(
                seq, List.of(Block.Media.kept(Block.MediaKind.IMAGE, fileId, "photo.png", "image/png", PNG.length)));
    }

    private MessageSnapshot message(long seq, List<Block> blocks) {
        return new MessageSnapshot(
                conversation + "-" + seq,
                TENANT,
                conversation,
                seq,
                seq,
                seq,
                new UserSummary(alice, alice, alice, null),
                SenderKind.USER,
                null,
                blocks,
                null,
                List.of(),
                FileStore.now(),
                null);
    }

    private MessageSnapshot tombstone(MessageSnapshot message) {
        return message(message.seq(), List.of());
    }
}
