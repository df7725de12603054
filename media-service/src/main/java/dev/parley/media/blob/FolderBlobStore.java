package dev.parley.media.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Contents as files of a folder, which several instances may share. A content is first written to {@code unfinished}, and
 * then renamed into one of 4,096 sub-folders.
 */
final class FolderBlobStore implements BlobStore {

    private static final int SUB_FOLDERS = 4096;
    private static final String UNFINISHED = "unfinished";

    /** Buffers of a content that wait for the disk. */
    private static final int MAX_WAITING = 16;

    private static final int READ_BYTES = 64 * 1024;
    private static final DataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

    private final Path folder;
    private final Path unfinished;
    private final Scheduler disk = Schedulers.boundedElastic();

    /** @throws UncheckedIOException if the folder cannot be made */
    FolderBlobStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.unfinished = this.folder.resolve(UNFINISHED);
        try {
            Files.createDirectories(unfinished);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Mono<Long> write(String key, Flux<DataBuffer> content, long maxSize) {
        Path target = path(key);
        return Mono.usingWhen(
                onDisk(() -> UnfinishedFile.create(unfinished, maxSize)),
                file -> content.publishOn(disk, MAX_WAITING)
                        .doOnNext(file::append)
                        .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                        .then(Mono.fromCallable(() -> file.finish(target))),
                file -> Mono.empty(),
                (file, failure) -> discarded(file),
                this::discarded);
    }

    private Mono<Void> discarded(UnfinishedFile file) {
        return onDisk(() -> {
                    file.discard();
                    return true;
                })
                .then();
    }

    @Override
    public Mono<Blob> open(String key, @Nullable Range range) {
        Path file = path(key);
        return onDisk(() -> Files.size(file))
                .onErrorResume(NoSuchFileException.class, missing -> Mono.empty())
                .map(size -> {
                    Range part = (range == null ? Range.of(0, size) : range).within(size);
                    return new Blob(size, part.from(), part.length(), content(file, part), file);
                });
    }

    private Flux<DataBuffer> content(Path file, Range part) {
        if (part.length() == 0) {
            return Flux.empty();
        }
        return DataBufferUtils.takeUntilByteCount(
                DataBufferUtils.readAsynchronousFileChannel(
                                () -> AsynchronousFileChannel.open(file, StandardOpenOption.READ),
                                part.from(),
                                BUFFERS,
                                (int) Math.min(READ_BYTES, part.length()))
                        .subscribeOn(disk),
                part.length());
    }

    @Override
    public Mono<Void> delete(String key) {
        Path file = path(key);
        return onDisk(() -> Files.deleteIfExists(file)).then();
    }

    @Override
    public Flux<String> olderThan(Instant time) {
        return Flux.range(0, SUB_FOLDERS)
                .concatMap(number -> onDisk(() -> older(folder.resolve(name(number)), time)), 1)
                .concatMapIterable(files -> files, 1)
                .map(file -> file.getFileName().toString());
    }

    @Override
    public Mono<Void> removeUnfinished(Instant before) {
        return onDisk(() -> older(unfinished, before))
                .flatMapIterable(files -> files)
                .concatMap(file -> onDisk(() -> Files.deleteIfExists(file)))
                .then();
    }

    private static List<Path> older(Path folder, Instant time) throws IOException {
        FileTime limit = FileTime.from(time);
        List<Path> older = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                try {
                    if (Files.getLastModifiedTime(file).compareTo(limit) < 0) {
                        older.add(file);
                    }
                } catch (NoSuchFileException removed) {
                    // Another instance was first.
                }
            }
        } catch (NoSuchFileException unused) {
            return List.of();
        }
        return older;
    }

    /** @throws IllegalArgumentException if it is no key */
    private Path path(String key) {
        String name = BlobKeys.checked(key);
        return folder.resolve(name(Math.floorMod(name.hashCode(), SUB_FOLDERS))).resolve(name);
    }

    private static String name(int subFolder) {
        return HexFormat.of().toHexDigits(subFolder, 3);
    }

    private <T> Mono<T> onDisk(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(disk);
    }
}
