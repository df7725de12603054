package dev.parley.media.blob;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/** Lets clients put contents into the store by themselves, where it is one that they can reach. */
public final class ClientUploads implements AutoCloseable {

    /** The client library sets them by itself, and browsers let nobody else set them. */
    private static final List<String> OF_THE_CLIENT = List.of("host", "content-length");

    private static final String PREFIX = "client-";

    /**
     * A signed request. Its size and its type are signed, too: the store refuses another content.
     *
     * @param headers that must come with it
     */
    public record SignedPut(String url, Map<String, String> headers, Instant expiresAt) {}

    private final @Nullable S3Presigner signer;
    private final String bucket;

    /** @param signer null if clients cannot reach the store */
    ClientUploads(@Nullable S3Presigner signer, String bucket) {
        this.signer = signer;
        this.bucket = bucket;
    }

    /** Where the content of a file is that its client put into the store, until it is confirmed. */
    public static String keyOf(String fileId) {
        return PREFIX + fileId;
    }

    public boolean isPossible() {
        return signer != null;
    }

    /**
     * Signs on a thread that may block: the credentials may have to be fetched from where the machine has them.
     *
     * @return empty if clients upload to this service
     */
    public Mono<SignedPut> sign(String key, String mimeType, long size, Duration lifetime) {
        return signer == null
                ? Mono.empty()
                : Mono.fromSupplier(() -> signed(signer, key, mimeType, size, lifetime))
                        .subscribeOn(Schedulers.boundedElastic());
    }

    private SignedPut signed(S3Presigner signer, String key, String mimeType, long size, Duration lifetime) {
        PresignedPutObjectRequest signed = signer.presignPutObject(
                request -> request.signatureDuration(lifetime).putObjectRequest(put -> put.bucket(bucket)
                        .key(BlobKeys.checked(key))
                        .contentType(mimeType)
                        .contentLength(size)));
        Map<String, String> headers = signed.signedHeaders().entrySet().stream()
                .filter(header -> !OF_THE_CLIENT.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        header -> String.join(",", header.getValue()),
                        (one, other) -> one,
                        () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER)));
        return new SignedPut(signed.url().toString(), headers, signed.expiration());
    }

    @Override
    public void close() {
        if (signer != null) {
            signer.close();
        }
    }
}
