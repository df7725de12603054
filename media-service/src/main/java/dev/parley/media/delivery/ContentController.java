package dev.parley.media.delivery;

import dev.parley.media.MediaError;
import dev.parley.media.blob.BlobStore;
import dev.parley.media.blob.BlobStore.Blob;
import dev.parley.media.blob.BlobStore.Range;
import dev.parley.media.file.FileStore;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.FileUrls.Variant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Serves files at signed addresses, whole or in part (RFC 9110, sections 13 and 14). Nothing that is served can run in the
 * platform's origin: a type that browsers would run is only saved, none is guessed, and what is shown is in a sandbox.
 */
@RestController
class ContentController {

    private static final String SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

    private final FileUrls urls;
    private final FileStore files;
    private final BlobStore blobs;

    ContentController(FileUrls urls, FileStore files, BlobStore blobs) {
        this.urls = urls;
        this.files = files;
        this.blobs = blobs;
    }

    /** Also for {@code HEAD}. */
    @GetMapping(FileUrls.PATH + "{fileId}")
    Mono<Void> get(@PathVariable String fileId, ServerWebExchange exchange) {
        MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
        Instant expiresAt = check(fileId, query);
        Variant variant = Optional.ofNullable(query.getFirst("variant"))
                .flatMap(Variant::named)
                .orElseThrow(ContentController::invalid);
        return files.byId(fileId)
                .switchIfEmpty(Mono.error(ContentController::notFound))
                .map(file -> FileContent.of(file, variant))
                .flatMap(content -> send(content, expiresAt, exchange))
                .doOnError(failure -> forget(exchange.getResponse()));
    }

    /** What was said of the file is not true of the error that is sent in its place, which nobody keeps. */
    private static void forget(ServerHttpResponse response) {
        if (!response.isCommitted()) {
            List.of(HttpHeaders.CACHE_CONTROL, HttpHeaders.ETAG, HttpHeaders.ACCEPT_RANGES)
                    .forEach(response.getHeaders()::remove);
        }
    }

    /** Returns until when the address is good. */
    private Instant check(String fileId, MultiValueMap<String, String> query) {
        String expires = query.getFirst("expires");
        FileUrls.Check check = urls.check(fileId, query.getFirst("variant"), expires, query.getFirst("signature"));
        if (check == FileUrls.Check.EXPIRED) {
            throw ApiException.of(MediaError.URL_EXPIRED, "Ask for the file's present address");
        }
        if (check == FileUrls.Check.INVALID || expires == null) {
            throw invalid();
        }
        return Instant.ofEpochSecond(Long.parseLong(expires));
    }

    private static ApiException invalid() {
        return ApiException.of(MediaError.URL_INVALID, "The address was not made here, or was changed");
    }

    private static ApiException notFound() {
        return ApiException.of(MediaError.NOT_FOUND, "There is no such file, or no longer");
    }

    private Mono<Void> send(FileContent content, Instant expiresAt, ServerWebExchange exchange) {
        HttpHeaders asked = exchange.getRequest().getHeaders();
        ServerHttpResponse response = exchange.getResponse();
        describe(content, expiresAt, response.getHeaders());
        if (names(asked.getIfNoneMatch(), content.etag())) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return response.setComplete();
        }
        HttpRange wanted = range(asked, content.etag());
        return wanted == null ? sendWhole(content, exchange) : sendPart(content, wanted, exchange);
    }

    private Mono<Void> sendWhole(FileContent content, ServerWebExchange exchange) {
        return isHead(exchange)
                ? size(content).flatMap(size -> sendHead(size, exchange.getResponse()))
                : sendBytes(content, null, exchange.getResponse());
    }

    private Mono<Void> sendPart(FileContent content, HttpRange wanted, ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        return size(content).flatMap(size -> {
            Range part = new Range(wanted.getRangeStart(size), wanted.getRangeEnd(size));
            if (part.from() >= size) {
                headers.set(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
                headers.remove(HttpHeaders.CONTENT_TYPE);
                headers.remove(HttpHeaders.CONTENT_DISPOSITION);
                response.setStatusCode(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
                return response.setComplete();
            }
            headers.set(HttpHeaders.CONTENT_RANGE, "bytes " + part.from() + "-" + part.to() + "/" + size);
            response.setStatusCode(HttpStatus.PARTIAL_CONTENT);
            return isHead(exchange) ? sendHead(part.length(), response) : sendBytes(content, part, response);
        });
    }

    private static boolean isHead(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod() == HttpMethod.HEAD;
    }

    private static Mono<Void> sendHead(long length, ServerHttpResponse response) {
        response.getHeaders().setContentLength(length);
        return response.setComplete();
    }

    /** @param part null for the whole */
    private Mono<Void> sendBytes(FileContent content, @Nullable Range part, ServerHttpResponse response) {
        return blobs.open(content.key(), part)
                .switchIfEmpty(Mono.error(ContentController::notFound))
                .flatMap(blob -> {
                    response.getHeaders().setContentLength(blob.length());
                    return write(blob, response);
                });
    }

    /** What is in a file is sent by the system, past the memory of this process. */
    private static Mono<Void> write(Blob blob, ServerHttpResponse response) {
        Path file = blob.file();
        return file != null && response instanceof ZeroCopyHttpOutputMessage system
                ? system.writeWith(file, blob.from(), blob.length())
                : response.writeWith(blob.content());
    }

    /** The store is asked only where the file's document does not say it. */
    private Mono<Long> size(FileContent content) {
        return content.size() != null
                ? Mono.just(content.size())
                : blobs.open(content.key(), new Range(0, 0))
                        .switchIfEmpty(Mono.error(ContentController::notFound))
                        .flatMap(blob -> blob.content()
                                .doOnNext(DataBufferUtils::release)
                                .then(Mono.just(blob.size())));
    }

    private static void describe(FileContent content, Instant expiresAt, HttpHeaders headers) {
        Duration left = Duration.between(Instant.now(), expiresAt);
        headers.set(HttpHeaders.CONTENT_TYPE, content.mimeType());
        headers.setContentDisposition((content.inline() ? ContentDisposition.inline() : ContentDisposition.attachment())
                .filename(content.filename(), StandardCharsets.UTF_8)
                .build());
        headers.setCacheControl(CacheControl.maxAge(left.isNegative() ? Duration.ZERO : left)
                .cachePrivate()
                .immutable());
        headers.setETag(content.etag());
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", SANDBOX);
        headers.set("Cross-Origin-Resource-Policy", "cross-origin");
        headers.set("Referrer-Policy", "no-referrer");
    }

    private static boolean names(List<String> etags, String etag) {
        return etags.stream()
                .anyMatch(one -> one.equals("*") || one.replaceFirst("^W/", "").equals(etag));
    }

    /**
     * The part that is asked for; null for the whole: without a range, with several or one that is none (section 14.2), or if the
     * client has a part of something else (section 13.1.5).
     */
    private static @Nullable HttpRange range(HttpHeaders asked, String etag) {
        String ifRange = asked.getFirst(HttpHeaders.IF_RANGE);
        if (ifRange != null && !ifRange.equals(etag)) {
            return null;
        }
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(asked.getFirst(HttpHeaders.RANGE));
            return ranges.size() == 1 ? ranges.get(0) : null;
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
