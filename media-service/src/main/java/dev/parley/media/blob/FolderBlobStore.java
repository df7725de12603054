package dev.parley.media.blob;

import dev.parley.media.MediaError;
import dev.parley.platform.error.ApiException;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Keeps blobs as files of a folder. */
@Component
final class FolderBlobStore implements BlobStore {

    private static final int BUFFER = 64 << 10;
    private static final int PREFIX = 2;
    private static final String UNFINISHED = ".tmp";

    private final Path folder;

    FolderBlobStore(StorageSettings settings) {
        this.folder = settings.folder().toAbsolutePath();
    }

    /** A file that is being written. */
    private record Unfinished(Path path, AsynchronousFileChannel channel) {}

    @Override
    public Mono<Long> write(String key, Flux<DataBuffer> content, long maxSize) {
        return Mono.usingWhen(
                blocking(() -> create(key)),
                file -> written(file, content, maxSize),
                file -> blocking(() -> finish(file, key)),
                (file, failure) -> blocking(() -> discard(file)),
                file -> blocking(() -> discard(file)));
    }

    private static Mono<Long> written(Unfinished file, Flux<DataBuffer> content, long maxSize) {
        AtomicLong size = new AtomicLong();
        Flux<DataBuffer> bounded = content.doOnNext(buffer -> {
            if (size.addAndGet(buffer.readableByteCount()) > maxSize) {
                DataBufferUtils.release(buffer);
                throw ApiException.of(MediaError.TOO_LARGE, "The file may have at most " + maxSize + " bytes");
            }
        });
        return DataBufferUtils.write(bounded, file.channel())
                .doOnNext(DataBufferUtils::release)
                .then(Mono.fromSupplier(size::get));
    }

    private Unfinished create(String key) throws IOException {
        Path path = path(key).resolveSibling(key + "." + UUID.randomUUID() + UNFINISHED);
        Files.createDirectories(path.getParent());
        return new Unfinished(
                path, AsynchronousFileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
    }

    private Path finish(Unfinished file, String key) throws IOException {
        file.channel().force(true);
        file.channel().close();
        return Files.move(file.path(), path(key), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean discard(Unfinished file) throws IOException {
        file.channel().close();
        return Files.deleteIfExists(file.path());
    }

    @Override
    public Mono<Long> concat(String key, List<String> parts) {
        Flux<DataBuffer> content = Flux.fromIterable(parts).concatMap(part -> open(part, null)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("There is no blob " + part)))
                .flatMapMany(Blob::content));
        return write(key, content, Long.MAX_VALUE);
    }

    @Override
    public Mono<Blob> open(String key, @Nullable Range range) {
        return blocking(() -> Files.size(path(key)))
                .onErrorResume(NoSuchFileException.class, missing -> Mono.empty())
                .map(size -> {
                    long from = range == null ? 0 : Math.min(range.from(), size);
                    long end = range == null ? size : Math.min(size, range.to() + 1);
                    long length = Math.max(0, end - from);
                    return new Blob(size, from, length, read(key, from, length));
                });
    }

    private Flux<DataBuffer> read(String key, long from, long length) {
        Flux<DataBuffer> content = DataBufferUtils.readAsynchronousFileChannel(
                () -> AsynchronousFileChannel.open(path(key), StandardOpenOption.READ),
                from,
                DefaultDataBufferFactory.sharedInstance,
                BUFFER);
        return DataBufferUtils.takeUntilByteCount(content, length).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Mono<Void> delete(String key) {
        return blocking(() -> Files.deleteIfExists(path(key))).then();
    }

    @Override
    public Flux<String> olderThan(Instant time) {
        return blocking(() -> list(time)).flatMapIterable(keys -> keys);
    }

    private List<String> list(Instant time) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().lastModified() < time.toEpochMilli())
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private Path path(String key) {
        return folder.resolve(key.substring(0, PREFIX)).resolve(key);
    }

    private static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }
}
