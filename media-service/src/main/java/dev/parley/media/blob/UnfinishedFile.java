package dev.parley.media.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * A file that is being written. It gets its name when it is whole and on the disk, with the folder that names it. All methods
 * block; a write that is cancelled is discarded while it may still be at work.
 */
final class UnfinishedFile {

    private final Path path;
    private final FileChannel channel;
    private final long maxSize;
    private long size;
    private boolean ended;

    private UnfinishedFile(Path path, FileChannel channel, long maxSize) {
        this.path = path;
        this.channel = channel;
        this.maxSize = maxSize;
    }

    static UnfinishedFile create(Path folder, long maxSize) throws IOException {
        Path path = folder.resolve(UUID.randomUUID().toString());
        return new UnfinishedFile(
                path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), maxSize);
    }

    /** @param buffer is released */
    synchronized void append(DataBuffer buffer) {
        try (DataBuffer.ByteBufferIterator parts = buffer.readableByteBuffers()) {
            size += buffer.readableByteCount();
            if (size > maxSize) {
                throw BlobLimit.exceeded(maxSize);
            }
            while (!ended && parts.hasNext()) {
                ByteBuffer part = parts.next();
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
        } catch (ClosedByInterruptException cancelled) {
            // Nobody waits for it any more; it could not be finished either.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    /** @return its size */
    synchronized long finish(Path target) throws IOException {
        if (ended) {
            throw new IOException("The write was cancelled");
        }
        channel.force(true);
        channel.close();
        Path folder = parent(target);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            force(parent(folder));
        }
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        ended = true;
        force(folder);
        return size;
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "a blob is in a folder");
    }

    /** Else the name may be lost with the power, though the content is not. */
    private static void force(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    synchronized void discard() throws IOException {
        if (!ended) {
            ended = true;
            channel.close();
            Files.deleteIfExists(path);
        }
    }
}
