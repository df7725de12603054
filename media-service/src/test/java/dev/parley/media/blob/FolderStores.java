package dev.parley.media.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Stores in folders, for tests of what stands on one. */
public final class FolderStores {

    private FolderStores() {}

    public static BlobStore in(Path folder) {
        return new FolderBlobStore(folder);
    }

    /** How many writes are begun and not ended. */
    public static long unfinished(Path folder) {
        try (Stream<Path> files = Files.list(folder.resolve("unfinished"))) {
            return files.count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
