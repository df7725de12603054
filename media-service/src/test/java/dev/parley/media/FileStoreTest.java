package dev.parley.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.file.FileKind;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Content;
import dev.parley.media.file.StoredFile.Purpose;
import dev.parley.media.file.StoredFile.Status;
import dev.parley.platform.id.Ids;
import dev.parley.platform.slice.SliceRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The store of files by itself. */
class FileStoreTest extends MediaServiceTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String HASH = "0".repeat(64);

    @Autowired
    private FileStore store;

    @Test
    void confirmsOnlyTheContentThatWasLookedAt() {
        StoredFile file = store.insert(pending(alice)).block();
        assertThat(store.noteUploaded(file.id(), new Content("first", 5, HASH))
                        .block()
                        .content())
                .isNull();
        assertThat(store.noteUploaded(file.id(), new Content("second", 5, HASH))
                        .block()
                        .content()
                        .key())
                .isEqualTo("first");
        StoredFile checked = as(file, Status.READY, "image/webp");

        assertThat(store.confirm(file.id(), "first", checked).blockOptional()).isEmpty();
        assertThat(store.confirm(file.id(), "second", checked).block())
                .satisfies(confirmed -> assertThat(confirmed.isReady()).isTrue())
                .satisfies(confirmed -> assertThat(confirmed.mimeType()).isEqualTo("image/webp"));
        assertThat(store.confirm(file.id(), "second", checked).blockOptional()).isEmpty();
        assertThat(store.noteUploaded(file.id(), new Content("third", 5, HASH)).blockOptional())
                .isEmpty();
    }

    @Test
    void bindsAFileToOneConversationOfItsUploader() {
        StoredFile file = ready(alice);
        Instant now = FileStore.now();
        Instant later = now.plus(DAY.multipliedBy(2));

        assertThat(attach(file, bob, conversation, later)).isNull();
        assertThat(store.attach(file.id(), "other", alice, conversation, now, later)
                        .blockOptional())
                .isEmpty();
        assertThat(attach(file, alice, conversation, later).expiresAt()).isEqualTo(later);
        assertThat(attach(file, alice, conversation, now).expiresAt())
                .as("a repetition takes no time away")
                .isEqualTo(later);
        assertThat(attach(file, alice, Ids.next(), later)).isNull();
        store.keep(List.of(file.id())).block();
        assertThat(attach(file, alice, conversation, later).expiresAt())
                .as("a message names it already")
                .isNull();
    }

    @Test
    void deletesWhatNothingHasNamedMeanwhile() {
        StoredFile file = ready(alice);
        Instant past = FileStore.now().minus(DAY);
        store.expire(file.id(), past).block();
        StoredFile due = expired(file.id());
        store.keep(List.of(file.id())).block();

        assertThat(store.markDeleted(file.id(), due.expiresAt()).blockOptional())
                .isEmpty();
        store.expire(file.id(), past).block();
        assertThat(store.markDeleted(file.id(), past).block().isDeleted()).isTrue();
        assertThat(store.byId(TENANT, file.id()).blockOptional()).isEmpty();
        assertThat(store.listedFor(alice, null, new SliceRequest(0, 10)).block().items())
                .isEmpty();
        assertThat(attach(file, alice, conversation, Instant.now())).isNull();
        assertThat(expired(file.id()))
                .as("who finds it again goes on with the deletion")
                .isNotNull();
        assertThat(store.remove(file.id()).block()).isTrue();
        assertThat(store.remove(file.id()).block()).isFalse();
    }

    @Test
    void listsTheFilesOfAUserTheNewestFirst() {
        StoredFile first = ready(alice);
        StoredFile second = ready(alice);
        ready(bob);

        assertThat(store.listedFor(alice, null, new SliceRequest(0, 1)).block())
                .satisfies(page -> assertThat(page.total()).isEqualTo(2))
                .satisfies(page ->
                        assertThat(page.items()).extracting(StoredFile::id).containsExactly(second.id()));
        assertThat(store.listedFor(alice, FileKind.IMAGE, new SliceRequest(1, 5))
                        .block()
                        .items())
                .extracting(StoredFile::id)
                .containsExactly(first.id());
        assertThat(store.listedFor(alice, FileKind.AUDIO, new SliceRequest(0, 5))
                        .block()
                        .items())
                .isEmpty();
    }

    @Test
    void knowsWhichBlobsAreOfFiles() {
        StoredFile file = ready(alice);

        assertThat(store.hasBlob(file.uploaded().key()).block()).isTrue();
        assertThat(store.hasBlob("nobody's").block()).isFalse();
    }

    @Test
    void letsAllFilesOfAConversationGo() {
        StoredFile file = ready(alice);
        attach(file, alice, conversation, Instant.now());
        store.keep(List.of(file.id())).block();

        store.expireAllOf(conversation, FileStore.now().minus(DAY)).block();

        assertThat(expired(file.id())).isNotNull();
    }

    private StoredFile expired(String id) {
        return store.expired(Instant.now(), 1_000)
                .filter(file -> file.id().equals(id))
                .blockFirst();
    }

    private StoredFile attach(StoredFile file, String userId, String conversationId, Instant expiresAt) {
        return store.attach(file.id(), TENANT, userId, conversationId, FileStore.now(), expiresAt)
                .block();
    }

    private StoredFile ready(String userId) {
        StoredFile file = store.insert(pending(userId)).block();
        Content content = new Content("key-of-" + file.id(), 5, HASH);
        store.noteUploaded(file.id(), content).block();
        return store.confirm(file.id(), content.key(), file(file.id(), userId, Status.READY, "image/png", content))
                .block();
    }

    private static StoredFile as(StoredFile file, Status status, String mimeType) {
        return file(file.id(), file.uploaderId(), status, mimeType, null);
    }

    private static StoredFile pending(String userId) {
        return file(Ids.next(), userId, Status.PENDING, "image/png", null);
    }

    private static StoredFile file(
            String id, String userId, Status status, String mimeType, @Nullable Content content) {
        Instant now = FileStore.now();
        return new StoredFile(
                id,
                TENANT,
                userId,
                userId,
                null,
                Purpose.MESSAGE,
                "photo.png",
                mimeType,
                FileKind.of(mimeType),
                5,
                null,
                status,
                content,
                null,
                now,
                null,
                now.plus(DAY));
    }
}
