package dev.parley.media.tus;

import dev.parley.media.MediaError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.security.Caller;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Speaks tus 1.0 with the clients: reads its headers, and answers with them. {@link TusFilter} answers {@code OPTIONS}. */
@RestController
@RequestMapping(Tus.PATH)
class TusController {

    private static final Pattern BYTES = Pattern.compile("\\d{1,18}");

    private final ResumableUploads uploads;

    TusController(ResumableUploads uploads) {
        this.uploads = uploads;
    }

    @PostMapping
    Mono<ResponseEntity<Void>> create(ServerHttpRequest request, Caller caller) {
        checkVersion(request);
        HttpHeaders headers = request.getHeaders();
        String metadata = headers.getFirst(Tus.UPLOAD_METADATA);
        long length = bytes(headers, Tus.UPLOAD_LENGTH);
        boolean hasContent = Tus.CONTENT.isCompatibleWith(headers.getContentType());
        if (!hasContent && headers.getContentType() != null) {
            throw notOffsetContent();
        }
        Mono<ResumableUpload> created = hasContent
                ? uploads.create(caller, length, metadata, content(request))
                : uploads.create(caller, length, metadata);
        return created.map(upload -> described(ResponseEntity.created(URI.create(Tus.PATH + "/" + upload.id())), upload)
                .build());
    }

    /** Also {@code HEAD}, which is what the protocol asks with. */
    @GetMapping("/{uploadId}")
    Mono<ResponseEntity<Void>> progress(@PathVariable String uploadId, ServerHttpRequest request, Caller caller) {
        checkVersion(request);
        return uploads.progress(caller, uploadId).map(upload -> {
            ResponseEntity.HeadersBuilder<?> answer = described(ResponseEntity.noContent(), upload)
                    .cacheControl(CacheControl.noStore())
                    .header(Tus.UPLOAD_LENGTH, Long.toString(upload.length()));
            return (upload.metadata() == null ? answer : answer.header(Tus.UPLOAD_METADATA, upload.metadata())).build();
        });
    }

    @PatchMapping("/{uploadId}")
    Mono<ResponseEntity<Void>> append(@PathVariable String uploadId, ServerHttpRequest request, Caller caller) {
        checkVersion(request);
        HttpHeaders headers = request.getHeaders();
        // A body that is not there has lost its type on the way.
        if (headers.getContentType() == null
                ? headers.getContentLength() > 0
                : !Tus.CONTENT.isCompatibleWith(headers.getContentType())) {
            throw notOffsetContent();
        }
        return uploads.append(caller, uploadId, bytes(headers, Tus.UPLOAD_OFFSET), content(request))
                .map(upload -> described(ResponseEntity.noContent(), upload).build());
    }

    @DeleteMapping("/{uploadId}")
    Mono<ResponseEntity<Void>> terminate(@PathVariable String uploadId, ServerHttpRequest request, Caller caller) {
        checkVersion(request);
        return uploads.terminate(caller, uploadId)
                .thenReturn(ResponseEntity.noContent().build());
    }

    /** For clients that can send nothing but {@code GET} and {@code POST}. */
    @PostMapping("/{uploadId}")
    Mono<ResponseEntity<Void>> overridden(@PathVariable String uploadId, ServerHttpRequest request, Caller caller) {
        String method = request.getHeaders().getFirst(Tus.METHOD_OVERRIDE);
        return switch (method == null ? "" : method.toUpperCase(Locale.ROOT)) {
            case "PATCH" -> append(uploadId, request, caller);
            case "DELETE" -> terminate(uploadId, request, caller);
            case "HEAD" -> progress(uploadId, request, caller);
            default -> throw invalid(Tus.METHOD_OVERRIDE, "Must be PATCH, DELETE or HEAD");
        };
    }

    private static ResponseEntity.HeadersBuilder<?> described(
            ResponseEntity.HeadersBuilder<?> answer, ResumableUpload upload) {
        return answer.header(Tus.UPLOAD_OFFSET, Long.toString(upload.offset())).headers(headers -> {
            if (upload.finished()) {
                headers.set(Tus.UPLOAD_LOCATION_ID, upload.id());
            } else {
                headers.setInstant(Tus.UPLOAD_EXPIRES, upload.expiresAt());
            }
        });
    }

    private static UploadContent content(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return new UploadContent(
                request.getBody(),
                headers.getContentLength(),
                UploadChecksum.parse(headers.getFirst(Tus.UPLOAD_CHECKSUM)));
    }

    private static void checkVersion(ServerHttpRequest request) {
        if (!Tus.VERSION.equals(request.getHeaders().getFirst(Tus.TUS_RESUMABLE))) {
            throw ApiException.of(MediaError.TUS_VERSION, "Tus-Resumable must be " + Tus.VERSION);
        }
    }

    private static long bytes(HttpHeaders headers, String name) {
        String value = headers.getFirst(name);
        if (value == null || !BYTES.matcher(value).matches()) {
            throw invalid(name, "Must be a number of bytes");
        }
        return Long.parseLong(value);
    }

    private static ApiException invalid(String header, String rule) {
        return ApiException.invalid(List.of(new FieldError(header, "format", rule)));
    }

    private static ApiException notOffsetContent() {
        return ApiException.of(PlatformError.UNSUPPORTED_MEDIA_TYPE, "The content must be " + Tus.CONTENT);
    }
}
