package dev.parley.media.blob;

import dev.parley.media.blob.PartAssembler.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** One write to S3: of a single object at once, or of parts that become an object together when all are there. */
final class S3Upload {

    private static final Logger log = LoggerFactory.getLogger(S3Upload.class);

    private final S3AsyncClient client;
    private final String bucket;
    private final String key;
    private final List<CompletedPart> sent = new ArrayList<>();
    private volatile @Nullable Mono<String> uploadId;

    S3Upload(S3AsyncClient client, String bucket, String key) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
    }

    /** One after the other. */
    Mono<Void> send(Part part) {
        return part.number() == 1 && part.last() ? put(part) : begun().flatMap(id -> send(id, part));
    }

    private Mono<Void> put(Part whole) {
        return Mono.fromFuture(() -> client.putObject(
                        request -> request.bucket(bucket).key(key), AsyncRequestBody.fromBytesUnsafe(whole.bytes())))
                .then();
    }

    /** Begins once. Who cancels meanwhile must still learn the id, to abort it. */
    private Mono<String> begun() {
        Mono<String> known = uploadId;
        if (known == null) {
            known = Mono.fromFuture(
                            () -> client.createMultipartUpload(
                                    request -> request.bucket(bucket).key(key)),
                            true)
                    .map(created -> created.uploadId())
                    .cache();
            uploadId = known;
        }
        return known;
    }

    private Mono<Void> send(String id, Part part) {
        return Mono.fromFuture(() -> client.uploadPart(
                        request -> request.bucket(bucket).key(key).uploadId(id).partNumber(part.number()),
                        AsyncRequestBody.fromBytesUnsafe(part.bytes())))
                .doOnNext(answer -> sent.add(CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(answer.eTag())
                        .build()))
                .then();
    }

    /** All parts become the object. */
    Mono<Void> complete() {
        Mono<String> id = uploadId;
        return id == null
                ? Mono.empty()
                : id.flatMap(known ->
                                Mono.fromFuture(() -> client.completeMultipartUpload(request -> request.bucket(bucket)
                                        .key(key)
                                        .uploadId(known)
                                        .multipartUpload(parts -> parts.parts(sent)))))
                        .then();
    }

    /** What cannot be aborted now is removed later: {@link BlobStore#removeUnfinished}. */
    Mono<Void> abort() {
        Mono<String> id = uploadId;
        return id == null
                ? Mono.empty()
                : id.flatMap(known -> Mono.fromFuture(() -> client.abortMultipartUpload(
                                request -> request.bucket(bucket).key(key).uploadId(known))))
                        .then()
                        .onErrorResume(failure -> {
                            log.warn("An upload to S3 could not be aborted; it is removed later", failure);
                            return Mono.empty();
                        });
    }
}
