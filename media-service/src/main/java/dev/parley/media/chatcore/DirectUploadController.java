package dev.parley.media.chatcore;

import dev.parley.media.file.StoredFile;
import dev.parley.media.upload.DirectUpload;
import dev.parley.media.upload.ReceiveUpload.Received;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.FormPartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes small files with one request of chat-core clients. */
@RestController
class DirectUploadController {

    private static final String CONVERSATION = "conversationId";
    private static final int MAX_ID = 128;

    /** A file of the form, and what it is called there. */
    private record Part(String filename, String mimeType, Received received) {}

    /** What was read of a form so far. */
    private static final class Form {
        private final AtomicReference<@Nullable String> conversationId = new AtomicReference<>();
        private final AtomicReference<@Nullable Received> received = new AtomicReference<>();
    }

    private final DirectUpload directUpload;
    private final StoredFileViews views;

    DirectUploadController(DirectUpload directUpload, StoredFileViews views) {
        this.directUpload = directUpload;
        this.views = views;
    }

    @PostMapping(path = "/api/v1/storage/files", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<StoredFileView> upload(@RequestBody Flux<PartEvent> parts, Caller caller) {
        return Mono.usingWhen(
                        Mono.fromSupplier(Form::new),
                        form -> read(parts, form, caller),
                        form -> Mono.empty(),
                        (form, failure) -> discard(form),
                        this::discard)
                .map(views::of);
    }

    private Mono<StoredFile> read(Flux<PartEvent> parts, Form form, Caller caller) {
        return FormParts.read(
                        parts, field -> take(field, form), (file, content) -> receive(file, content, form, caller))
                .flatMap(part -> directUpload.finish(
                        caller, part.filename(), part.mimeType(), form.conversationId.get(), part.received()));
    }

    private static void take(FormPartEvent field, Form form) {
        if (!field.name().equals(CONVERSATION) || field.value().isBlank()) {
            return;
        }
        if (field.value().length() > MAX_ID) {
            throw ApiException.invalid(List.of(new FieldError(
                    CONVERSATION, "too-long", CONVERSATION + " must have at most " + MAX_ID + " characters")));
        }
        form.conversationId.set(field.value().strip());
    }

    private Mono<Part> receive(FilePartEvent file, Flux<DataBuffer> content, Form form, Caller caller) {
        MediaType type = file.headers().getContentType();
        String mimeType = (type == null ? MediaType.APPLICATION_OCTET_STREAM : type).toString();
        if (form.received.get() != null) {
            return Mono.error(ApiException.invalid(List.of(new FieldError("file", "size", "file must be one file"))));
        }
        return directUpload.receive(caller, file.filename(), mimeType, content).map(received -> {
            form.received.set(received);
            return new Part(file.filename(), mimeType, received);
        });
    }

    private Mono<Void> discard(Form form) {
        Received received = form.received.get();
        return received == null ? Mono.empty() : directUpload.discard(received);
    }
}
