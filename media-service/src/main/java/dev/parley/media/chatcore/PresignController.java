package dev.parley.media.chatcore;

import dev.parley.media.file.StoredFile;
import dev.parley.media.upload.BeginUpload;
import dev.parley.media.upload.Declaration;
import dev.parley.media.upload.UploadTargets;
import dev.parley.media.upload.UploadTargets.UploadTarget;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Announces uploads for chat-core clients, and tells where to upload to. */
@RestController
@RequestMapping("/api/v1/storage/presigned-url")
class PresignController {

    private static final int MAX_FILES = 20;
    private static final int MAX_ID = 128;

    /** What is longer is refused before anybody looks at it. */
    private static final int MAX_TEXT = 4_096;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** @param index of the file in the request; null where there was only one */
    record Presigned(
            @Nullable Integer index,
            String fileId,
            String uploadUrl,
            String method,
            Map<String, String> headers,
            @Nullable Map<String, String> fields,
            Instant expiresAt) {}

    record Refused(int index, String filename, String code, String message) {}

    record PresignedBatch(List<Presigned> urls, List<Refused> errors) {}

    private final BeginUpload beginUpload;
    private final UploadTargets targets;

    PresignController(BeginUpload beginUpload, UploadTargets targets) {
        this.beginUpload = beginUpload;
        this.targets = targets;
    }

    @PostMapping
    Mono<Presigned> presign(@RequestBody(required = false) @Nullable JsonNode body, Caller caller) {
        return presigned(body, caller, null);
    }

    /** Each file by itself: that one is refused is no matter to the others. */
    @PostMapping("/batch")
    Mono<PresignedBatch> presignAll(@RequestBody(required = false) @Nullable JsonNode body, Caller caller) {
        List<JsonNode> files = files(body);
        return Flux.range(0, files.size())
                .concatMap(index -> Mono.defer(() -> presigned(files.get(index), caller, index))
                        .cast(Object.class)
                        .onErrorResume(
                                ApiException.class,
                                refused -> refused.code().isRefusal()
                                        ? Mono.just(refused(index, files.get(index), refused))
                                        : Mono.error(refused)))
                .collectList()
                .map(answers -> new PresignedBatch(of(Presigned.class, answers), of(Refused.class, answers)));
    }

    private static List<JsonNode> files(@Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        JsonNode files = body == null ? null : body.get("files");
        List<JsonNode> listed =
                files != null && files.isArray() ? files.valueStream().toList() : List.of();
        if (listed.isEmpty() || listed.size() > MAX_FILES) {
            fields.reject("files", "size", "must be a list of 1 to " + MAX_FILES + " files");
        }
        fields.verify();
        return listed;
    }

    private static <T> List<T> of(Class<T> type, List<Object> answers) {
        return answers.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static Refused refused(int index, JsonNode file, ApiException refusal) {
        String detail = refusal.errors().isEmpty()
                ? refusal.detail()
                : refusal.errors().stream().map(FieldError::message).collect(Collectors.joining(", "));
        return new Refused(
                index, file.path("filename").asString(""), refusal.code().code(), detail);
    }

    private Mono<Presigned> presigned(@Nullable JsonNode body, Caller caller, @Nullable Integer index) {
        return beginUpload.begin(caller, declaration(body)).flatMap(file -> targets.of(file)
                .map(target -> view(file, target, index)));
    }

    private static Declaration declaration(@Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        String filename = given(fields, "filename");
        String mimeType = given(fields, "mimeType");
        long size = fields.number("size", 0, Long.MAX_VALUE);
        String sha256 = fields.optionalText("sha256", 1, MAX_ID);
        if (sha256 != null) {
            sha256 = sha256.toLowerCase(Locale.ROOT);
            if (!SHA256.matcher(sha256).matches()) {
                fields.reject("sha256", "format", "must be 64 hexadecimal digits");
            }
        }
        String conversationId = fields.optionalText("conversationId", 1, MAX_ID);
        fields.verify();
        return new Declaration(filename, mimeType, size, sha256, conversationId);
    }

    /** What names and types may be is no matter of form. */
    private static String given(Fields fields, String field) {
        String text = fields.optionalWrittenText(field, 0, MAX_TEXT);
        if (text == null) {
            fields.reject(field, "required", "is required");
        }
        return text == null ? "" : text;
    }

    private static Presigned view(StoredFile file, UploadTarget target, @Nullable Integer index) {
        return new Presigned(
                index,
                file.id(),
                target.url(),
                target.isForm() ? HttpMethod.POST.name() : HttpMethod.PUT.name(),
                target.isForm() ? Map.of() : headers(file, target),
                target.isForm() ? Map.of() : null,
                target.expiresAt());
    }

    private static Map<String, String> headers(StoredFile file, UploadTarget target) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put(HttpHeaders.CONTENT_TYPE, file.mimeType());
        headers.putAll(target.signed());
        return headers;
    }
}
