package dev.parley.media.avatar;

import dev.parley.media.avatar.SquarePictures.Square;
import dev.parley.media.blob.BlobKeys;
import dev.parley.media.blob.BlobStore;
import dev.parley.media.file.FileKind;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Purpose;
import dev.parley.media.file.StoredFile.Status;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.id.Fingerprint;
import dev.parley.platform.security.Caller;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps the avatars of users. The id of one follows from the user and from the picture that it was made of: so the same picture is the same
 * file, and is made once.
 */
@Component
final class AvatarFiles implements DisposableBean {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final FileStore files;
    private final BlobStore blobs;
    private final SquarePictures squares;
    private final Scheduler workers;

    AvatarFiles(FileStore files, BlobStore blobs, SquarePictures squares, AvatarSettings settings) {
        this.files = files;
        this.blobs = blobs;
        this.squares = squares;
        this.workers = Schedulers.newBoundedElastic(settings.threads(), settings.queue(), "avatars");
    }

    /**
     * The avatar that is made of a picture.
     *
     * @return its id, from when it is kept; fails as {@link SquarePictures#of} does, or with {@link PlatformError#UNAVAILABLE} if too
     *     many are made at once
     */
    Mono<String> of(Caller user, byte[] picture) {
        return Mono.defer(() -> {
            String sha256 = sha256(picture);
            String id = "avatar-" + Fingerprint.of(user.tenantId(), user.userId(), sha256);
            return kept(id).switchIfEmpty(Mono.defer(() -> made(id, user, picture, sha256)));
        });
    }

    /** Deletes an avatar that nobody is shown any more. */
    Mono<Void> release(String id) {
        return files.letGo(id, FileStore.now());
    }

    /** One that is about to be deleted is kept, if that is not too late; empty if there is none. */
    private Mono<String> kept(String id) {
        return files.keepAs(Purpose.AVATAR, id).map(StoredFile::id);
    }

    private Mono<String> made(String id, Caller user, byte[] picture, String sha256) {
        return Mono.fromCallable(() -> squares.of(picture))
                .subscribeOn(workers)
                .onErrorMap(
                        RejectedExecutionException.class, full -> tryAgain("Too many avatars are made at the moment"))
                .flatMap(square -> stored(id, user, square, sha256))
                .onErrorResume(DuplicateKeyException.class, isThere -> kept(id).switchIfEmpty(
                                Mono.error(() -> tryAgain("The same avatar is being deleted"))));
    }

    private Mono<String> stored(String id, Caller user, Square square, String sha256) {
        String key = BlobKeys.next();
        byte[] content = square.content();
        String contentSha256 = sha256(content);
        Instant now = FileStore.now();
        StoredFile file = new StoredFile(
                id,
                user.tenantId(),
                user.userId(),
                null,
                null,
                Purpose.AVATAR,
                "avatar." + (square.mimeType().endsWith("png") ? "png" : "jpg"),
                square.mimeType(),
                FileKind.IMAGE,
                content.length,
                contentSha256,
                Status.READY,
                new StoredFile.Content(key, content.length, contentSha256),
                new StoredFile.Media(square.side(), square.side(), null, null, null),
                now,
                null,
                null);
        return blobs.write(key, Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(content)), content.length)
                .then(files.insert(file))
                .map(StoredFile::id);
    }

    private static ApiException tryAgain(String why) {
        return ApiException.retryLater(PlatformError.UNAVAILABLE, why, RETRY_AFTER);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public void destroy() {
        workers.dispose();
    }
}
