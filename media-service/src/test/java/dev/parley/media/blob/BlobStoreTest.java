package dev.parley.media.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.media.MediaError;
import dev.parley.media.blob.BlobStore.Blob;
import dev.parley.media.blob.BlobStore.Range;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.test.Until;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What every store does. */
public abstract class BlobStoreTest {

    protected static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MB = 1024 * 1024;
    private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

    /** Every buffer that a test made: the store must have released it. */
    private final ConcurrentLinkedQueue<NettyDataBuffer> made = new ConcurrentLinkedQueue<>();

    private final String key = UUID.randomUUID().toString();

    protected abstract BlobStore store();

    /** How many writes are begun and not ended. */
    protected abstract long unfinished();

    @AfterEach
    void everyBufferIsReleased() {
        Until.satisfied(() -> assertThat(made)
                .allSatisfy(
                        buffer -> assertThat(buffer.getNativeBuffer().refCnt()).isZero()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64 * 1024, 64 * 1024 + 1, 5 * MB, 12 * MB + 7})
    void givesBackWhatWasWritten(int size) {
        byte[] content = bytes(size);

        assertThat(store().write(key, buffers(content), size).block(TIMEOUT)).isEqualTo(size);

        Blob blob = store().open(key, null).block(TIMEOUT);
        assertThat(blob.size()).isEqualTo(size);
        assertThat(blob.from()).isZero();
        assertThat(blob.length()).isEqualTo(size);
        assertThat(read(blob)).isEqualTo(content);
        assertThat(unfinished()).isZero();
    }

    @Test
    void givesAnyPart() {
        int size = 200_000;
        byte[] content = bytes(size);
        store().write(key, buffers(content), size).block(TIMEOUT);

        for (Range range : List.of(
                Range.of(0, 1),
                Range.of(0, size),
                Range.of(65_535, 2),
                Range.of(65_536, 65_536),
                Range.of(100_000, 50_000),
                Range.of(size - 1, 1),
                Range.of(size - 10, Long.MAX_VALUE),
                Range.of(5, 0),
                Range.of(size, 10),
                Range.of(size + 10, 10))) {
            Blob part = store().open(key, range).block(TIMEOUT);

            int from = (int) Math.min(range.from(), size);
            int length = (int) Math.min(range.length(), size - from);
            assertThat(part.size()).as("%s", range).isEqualTo(size);
            assertThat(part.from()).as("%s", range).isEqualTo(from);
            assertThat(part.length()).as("%s", range).isEqualTo(length);
            assertThat(read(part)).as("%s", range).isEqualTo(Arrays.copyOfRange(content, from, from + length));
        }
    }

    @ParameterizedTest
    @CsvSource({"9, 10", "5242880, 5242881", "11000000, 12000000"})
    void refusesWhatIsTooLargeAndKeepsNothingOfIt(int maxSize, int size) {
        assertThatThrownBy(
                        () -> store().write(key, buffers(bytes(size)), maxSize).block(TIMEOUT))
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(MediaError.TOO_LARGE));

        assertNothingIsThere();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 11 * MB})
    void keepsNothingOfAContentThatBreaksOff(int size) {
        Flux<DataBuffer> broken =
                buffers(bytes(size)).concatWith(Mono.error(() -> new IllegalStateException("broken off")));

        assertThatThrownBy(() -> store().write(key, broken, 100L * MB).block(TIMEOUT))
                .hasMessage("broken off");

        assertNothingIsThere();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 11 * MB})
    void keepsNothingOfAWriteThatIsCancelled(int size) {
        Semaphore allSent = new Semaphore(0);
        Disposable write = store().write(
                        key,
                        buffers(bytes(size))
                                .concatWith(Flux.<DataBuffer>never().doOnSubscribe(sent -> allSent.release())),
                        100L * MB)
                .subscribe();
        Until.satisfied(() -> assertThat(allSent.tryAcquire()).isTrue());

        write.dispose();

        assertNothingIsThere();
    }

    @Test
    void takesNoFasterThanItStores() {
        AtomicLong ahead = new AtomicLong();
        AtomicLong most = new AtomicLong();
        Flux<DataBuffer> counted = Flux.range(0, 500)
                .map(number -> buffer(new byte[16 * 1024]))
                .doOnRequest(count -> most.accumulateAndGet(ahead.addAndGet(count), Math::max))
                .doOnNext(taken -> ahead.decrementAndGet())
                // Else what is asked for is not seen, where it is taken without asking.
                .hide();

        store().write(key, counted, 100L * MB).block(TIMEOUT);

        assertThat(most.get()).isBetween(1L, 32L);
    }

    @Test
    void removesAContent() {
        store().write(key, buffers(bytes(10)), 10).block(TIMEOUT);

        store().delete(key).block(TIMEOUT);
        store().delete(key).block(TIMEOUT);

        assertNothingIsThere();
    }

    static Stream<String> paths() {
        return Stream.of("", ".", "..", "../x", "a/b", "/etc/passwd", ".hidden", "a\\b", "a\0b", "x".repeat(201), "é");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void takesNoPathForAKey(String path) {
        assertThatThrownBy(() -> store().write(path, Flux.empty(), 10).block(TIMEOUT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().open(path, null).block(TIMEOUT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().delete(path).block(TIMEOUT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsWhatIsOld() {
        List<String> keys =
                IntStream.range(0, 5).mapToObj(i -> key + ".part-" + i).toList();
        keys.forEach(each -> store().write(each, buffers(bytes(10)), 10).block(TIMEOUT));

        assertThat(old(Instant.now().plusSeconds(60))).containsAll(keys);
        assertThat(old(Instant.now().minusSeconds(60))).doesNotContainAnyElementsOf(keys);
    }

    @Test
    void removesWhatAWriteLeftThatNeverEnds() {
        Semaphore allSent = new Semaphore(0);
        Disposable forgotten = store().write(
                        key,
                        buffers(bytes(11 * MB))
                                .concatWith(Flux.<DataBuffer>never().doOnSubscribe(sent -> allSent.release())),
                        100L * MB)
                .subscribe();
        Until.satisfied(() -> assertThat(allSent.tryAcquire()).isTrue());
        Until.satisfied(() -> assertThat(unfinished()).isEqualTo(1));

        store().removeUnfinished(Instant.now().minusSeconds(60)).block(TIMEOUT);
        assertThat(unfinished()).isEqualTo(1);
        store().removeUnfinished(Instant.now().plusSeconds(60)).block(TIMEOUT);

        assertThat(unfinished()).isZero();
        forgotten.dispose();
        assertNothingIsThere();
    }

    @Test
    void makesOneContentOfParts() {
        byte[] content = bytes(150_000);
        store().write(key + ".part-1", buffers(Arrays.copyOf(content, 70_000)), MB)
                .block(TIMEOUT);
        store().write(key + ".part-2", buffers(Arrays.copyOfRange(content, 70_000, 150_000)), MB)
                .block(TIMEOUT);

        List<String> parts = List.of(key + ".part-1", key + ".part-2");
        assertThat(store().write(key, store().contents(parts), MB).block(TIMEOUT))
                .isEqualTo(150_000);

        assertThat(read(store().open(key, null).block(TIMEOUT))).isEqualTo(content);
        assertThatThrownBy(() -> store().write(key + ".2", store().contents(List.of(key, "missing")), MB)
                        .block(TIMEOUT))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store().open(key + ".2", null).blockOptional(TIMEOUT)).isEmpty();
    }

    final void assertNothingIsThere() {
        assertThat(store().open(key, null).blockOptional(TIMEOUT)).isEmpty();
        assertThat(store().open(key, Range.of(0, 1)).blockOptional(TIMEOUT)).isEmpty();
        assertThat(store().open(key, Range.of(1, 0)).blockOptional(TIMEOUT)).isEmpty();
        assertThat(old(Instant.now().plusSeconds(60))).doesNotContain(key);
        Until.satisfied(() -> assertThat(unfinished()).isZero());
    }

    private List<String> old(Instant before) {
        return store().olderThan(before).collectList().block(TIMEOUT);
    }

    protected static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    protected static byte[] read(Blob blob) {
        return DataBufferUtils.join(blob.content())
                .map(joined -> {
                    byte[] bytes = new byte[joined.readableByteCount()];
                    joined.read(bytes);
                    DataBufferUtils.release(joined);
                    return bytes;
                })
                .blockOptional(TIMEOUT)
                .orElse(new byte[0]);
    }

    /** In pieces of uneven size, made when they are asked for. */
    protected final Flux<DataBuffer> buffers(byte[] content) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < content.length; i++) {
            int to = Math.min(content.length, from + 20_011 + i % 7);
            pieces.add(Arrays.copyOfRange(content, from, to));
            from = to;
        }
        return Flux.fromIterable(pieces).map(this::buffer);
    }

    private DataBuffer buffer(byte[] bytes) {
        NettyDataBuffer buffer = BUFFERS.allocateBuffer(Math.max(1, bytes.length));
        buffer.write(bytes);
        made.add(buffer);
        return buffer;
    }
}
