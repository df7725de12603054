package dev.parley.media.blob;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.ResponsePublisher;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Contents as objects of a bucket. One that is larger than a part is sent in parts, of which two are in memory at most: the
 * one that is being sent and the one that is coming.
 */
final class S3BlobStore implements BlobStore {

    private static final Logger log = LoggerFactory.getLogger(S3BlobStore.class);
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+)");
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final DataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

    private final S3AsyncClient client;
    private final String bucket;
    private final int partBytes;

    S3BlobStore(S3AsyncClient client, String bucket, int partBytes) {
        this.client = client;
        this.bucket = bucket;
        this.partBytes = partBytes;
    }

    String bucket() {
        return bucket;
    }

    @Override
    public Mono<Long> write(String key, Flux<DataBuffer> content, long maxSize) {
        String name = BlobKeys.checked(key);
        return Mono.usingWhen(
                        Mono.fromSupplier(() -> new S3Upload(client, bucket, name)),
                        upload -> {
                            PartAssembler parts = new PartAssembler(partBytes, maxSize);
                            return parts.of(content)
                                    .concatMap(upload::send, 1)
                                    .then(Mono.defer(upload::complete))
                                    .then(Mono.fromSupplier(parts::size));
                        },
                        upload -> Mono.empty(),
                        (upload, failure) -> upload.abort(),
                        S3Upload::abort)
                .onErrorMap(S3BlobStore::translated);
    }

    @Override
    public Mono<Blob> open(String key, @Nullable Range range) {
        String name = BlobKeys.checked(key);
        return range == null || range.length() > 0 ? opened(name, range) : nothingOf(name, range);
    }

    private Mono<Blob> opened(String key, @Nullable Range range) {
        return call(() -> client.getObject(
                        request -> {
                            request.bucket(bucket).key(key);
                            if (range != null) {
                                request.range(header(range));
                            }
                        },
                        AsyncResponseTransformer.toPublisher()))
                .map(S3BlobStore::blob)
                .onErrorResume(NoSuchKeyException.class, missing -> Mono.empty())
                .onErrorResume(
                        S3BlobStore::isBehindTheEnd,
                        failure -> range == null ? Mono.error(failure) : nothingOf(key, range));
    }

    private static String header(Range range) {
        return "bytes=" + range.from() + "-" + (range.to() == Long.MAX_VALUE ? "" : range.to());
    }

    private static Blob blob(ResponsePublisher<GetObjectResponse> answer) {
        GetObjectResponse head = answer.response();
        long length = head.contentLength();
        long size = length;
        long from = 0;
        Matcher part = CONTENT_RANGE.matcher(head.contentRange() == null ? "" : head.contentRange());
        if (part.matches()) {
            from = Long.parseLong(part.group(1));
            size = Long.parseLong(part.group(2));
        }
        return new Blob(
                size, from, length, Flux.from(answer).map(S3BlobStore::buffer).onErrorMap(S3BlobStore::translated));
    }

    private static DataBuffer buffer(ByteBuffer bytes) {
        return BUFFERS.wrap(bytes);
    }

    /** A part without a byte cannot be asked for. */
    private Mono<Blob> nothingOf(String key, Range range) {
        return call(() -> client.headObject(request -> request.bucket(bucket).key(key)))
                .map(head ->
                        new Blob(head.contentLength(), Math.min(range.from(), head.contentLength()), 0, Flux.empty()))
                .onErrorResume(NoSuchKeyException.class, missing -> Mono.empty());
    }

    @Override
    public Mono<Void> delete(String key) {
        String name = BlobKeys.checked(key);
        return call(() -> client.deleteObject(request -> request.bucket(bucket).key(name)))
                .then();
    }

    @Override
    public Flux<String> olderThan(Instant time) {
        return Flux.from(client.listObjectsV2Paginator(request -> request.bucket(bucket))
                        .contents())
                .filter(object -> object.lastModified().isBefore(time))
                .map(S3Object::key)
                .onErrorMap(S3BlobStore::translated);
    }

    @Override
    public Mono<Void> removeUnfinished(Instant before) {
        return Flux.from(client.listMultipartUploadsPaginator(request -> request.bucket(bucket))
                        .uploads())
                .filter(upload -> upload.initiated().isBefore(before))
                .concatMap(this::abort)
                .onErrorMap(S3BlobStore::translated)
                .then();
    }

    private Mono<Void> abort(MultipartUpload upload) {
        return call(() -> client.abortMultipartUpload(
                        request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())))
                .then();
    }

    private static <T> Mono<T> call(Supplier<CompletableFuture<T>> call) {
        return Mono.fromFuture(call).onErrorMap(S3BlobStore::translated);
    }

    /**
     * What the store refuses, or does not answer, is no fault of the client's: it is told to try again, and the log says why. A
     * content that cannot be asked for must not look as if it were missing.
     */
    private static Throwable translated(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof SdkException) || cause instanceof NoSuchKeyException || isBehindTheEnd(cause)) {
            return cause;
        }
        log.warn("S3 did not answer, or refused: {}", cause.toString());
        return ApiException.of(PlatformError.UNAVAILABLE, "The storage does not answer: try again");
    }

    private static boolean isBehindTheEnd(Throwable failure) {
        return failure instanceof S3Exception refusal && refusal.statusCode() == RANGE_NOT_SATISFIABLE;
    }
}
