package dev.parley.media.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.blob.BlobStore.Blob;
import dev.parley.media.blob.BlobStore.Range;
import dev.parley.platform.test.ChildProcess;
import dev.parley.platform.test.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;

class FolderBlobStoreTest extends BlobStoreTest {

    /** Writes on and on to the folder that it is told, until it is killed. */
    static final class EndlessWriter {

        public static void main(String[] arguments) {
            Flux<DataBuffer> endless = Flux.generate(
                    content -> content.next(DefaultDataBufferFactory.sharedInstance.wrap(new byte[1024])));
            new FolderBlobStore(Path.of(arguments[0]))
                    .write("endless", endless, 100L << 20)
                    .block();
        }
    }

    @TempDir
    private Path folder;

    private FolderBlobStore store;

    @BeforeEach
    void openStore() {
        store = new FolderBlobStore(folder.resolve("files"));
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Override
    protected long unfinished() {
        return FolderStores.unfinished(folder.resolve("files"));
    }

    @Test
    void leavesNothingThatIsNotRemovedWhenItsProcessIsKilled() throws Exception {
        Path killed = folder.resolve("killed");
        try (ChildProcess writer = ChildProcess.start(
                "writer", "64m", Map.of(), List.of(EndlessWriter.class.getName(), killed.toString()))) {
            Until.satisfied(() -> assertThat(filesIn(killed).stream()
                            .mapToLong(FolderBlobStoreTest::size)
                            .sum())
                    .isPositive());
            writer.kill();
        }

        FolderBlobStore after = new FolderBlobStore(killed);
        assertThat(after.open("endless", null).blockOptional(TIMEOUT)).isEmpty();
        assertThat(after.olderThan(Instant.now().plusSeconds(60)).collectList().block(TIMEOUT))
                .isEmpty();
        after.removeUnfinished(Instant.now().plusSeconds(60)).block(TIMEOUT);
        assertThat(filesIn(killed)).isEmpty();
    }

    @Test
    void tellsInWhichFileAContentIs() throws Exception {
        byte[] content = bytes(1000);
        store.write("k", buffers(content), 1000).block(TIMEOUT);

        Blob blob = store.open("k", Range.of(10, 20)).block(TIMEOUT);

        assertThat(Files.readAllBytes(blob.file())).isEqualTo(content);
        assertThat(read(blob)).hasSize(20);
    }

    private static List<Path> filesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
