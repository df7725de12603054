package dev.parley.media.encryption;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.media.blob.BlobStore;
import dev.parley.media.blob.PartAssembler;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store that encrypts what it hands to another one, if that is switched on, and decrypts what is encrypted in either case. If
 * no key can be had, nothing is stored, since it would be stored readable.
 */
final class EncryptedBlobStore implements BlobStore {

    /** What is known of a content as it is stored. */
    private record Head(@Nullable SealedHeader header, long stored) {}

    /** Contents whose beginning need not be read again: a film is loaded in many parts. */
    private static final int MAX_KNOWN_HEADS = 10_000;

    private static final DataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

    private final BlobStore store;
    private final FileKeys keys;
    private final boolean encrypts;
    private final Cache<String, Head> heads =
            Caffeine.newBuilder().maximumSize(MAX_KNOWN_HEADS).build();

    EncryptedBlobStore(BlobStore store, FileKeys keys, boolean encrypts) {
        this.store = store;
        this.keys = keys;
        this.encrypts = encrypts;
    }

    @Override
    public Mono<Long> write(String key, Flux<DataBuffer> content, long maxSize) {
        return encrypts
                ? keys.current().flatMap(with -> write(key, content, maxSize, with))
                : store.write(key, content, maxSize);
    }

    private Mono<Long> write(String key, Flux<DataBuffer> content, long maxSize, FileKey with) {
        SealedHeader header = SealedHeader.next(with.id());
        SegmentCipher cipher = new SegmentCipher(with, header, key);
        PartAssembler segments = new PartAssembler(SealedSize.SEGMENT, maxSize);
        Flux<DataBuffer> encrypted = segments.of(content)
                .map(part -> BUFFERS.wrap(cipher.seal(part.number() - 1, part.last(), part.bytes())));
        return store.write(key, Flux.concat(Flux.just(BUFFERS.wrap(header.bytes())), encrypted), Long.MAX_VALUE)
                .map(stored -> segments.size());
    }

    @Override
    public Mono<Blob> open(String key, @Nullable Range range) {
        if (!keys.areThere()) {
            return store.open(key, range);
        }
        return head(key).flatMap(head -> opened(key, range, head));
    }

    private Mono<Blob> opened(String key, @Nullable Range range, Head head) {
        SealedHeader header = head.header();
        return header == null
                ? store.open(key, range)
                : keys.find(header.keyId())
                        .flatMap(with -> decrypted(
                                key, range, new SegmentCipher(with, header, key), new SealedSize(head.stored())));
    }

    private Mono<Head> head(String key) {
        Head known = heads.getIfPresent(key);
        return known != null
                ? Mono.just(known)
                : store.open(key, Range.of(0, SealedHeader.BYTES))
                        .flatMap(blob -> blob.bytes().map(bytes -> new Head(SealedHeader.read(bytes), blob.size())))
                        .doOnNext(head -> heads.put(key, head));
    }

    private Mono<Blob> decrypted(String key, @Nullable Range range, SegmentCipher cipher, SealedSize size) {
        Range part = (range == null ? Range.of(0, size.plain()) : range).within(size.plain());
        if (part.length() == 0) {
            return Mono.just(new Blob(size.plain(), part.from(), 0, Flux.empty()));
        }
        return store.open(key, SealedSize.stored(part))
                .map(encrypted -> new Blob(
                        size.plain(), part.from(), part.length(), content(encrypted.content(), part, cipher, size)));
    }

    private static Flux<DataBuffer> content(
            Flux<DataBuffer> encrypted, Range part, SegmentCipher cipher, SealedSize size) {
        long first = part.from() / SealedSize.SEGMENT;
        Flux<DataBuffer> segments = Flux.defer(
                        () -> new PartAssembler(SealedSize.SEALED_SEGMENT, Long.MAX_VALUE).of(encrypted))
                .map(segment -> {
                    long number = first + segment.number() - 1;
                    return BUFFERS.wrap(cipher.open(number, number == size.segments() - 1, segment.bytes()));
                });
        return DataBufferUtils.takeUntilByteCount(
                DataBufferUtils.skipUntilByteCount(segments, part.from() % SealedSize.SEGMENT), part.length());
    }

    @Override
    public Mono<Void> delete(String key) {
        return store.delete(key).doOnSuccess(deleted -> heads.invalidate(key));
    }

    @Override
    public Flux<String> olderThan(Instant time) {
        return store.olderThan(time);
    }

    @Override
    public Mono<Void> removeUnfinished(Instant before) {
        return store.removeUnfinished(before);
    }
}
