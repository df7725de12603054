package dev.parley.media.upload;

import dev.parley.media.deletion.FileRemoval;
import dev.parley.media.file.FileSettings;
import dev.parley.media.file.StoredFile;
import dev.parley.media.upload.ReceiveUpload.Received;
import dev.parley.platform.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes a small file with one request. Its size is known only when it is there. */
@Component
public final class DirectUpload {

    private final BeginUpload beginUpload;
    private final ReceiveUpload uploads;
    private final ConfirmUpload confirmUpload;
    private final FileRemoval removal;
    private final long maxSize;

    DirectUpload(
            BeginUpload beginUpload,
            ReceiveUpload uploads,
            ConfirmUpload confirmUpload,
            FileRemoval removal,
            FileSettings settings) {
        this.beginUpload = beginUpload;
        this.uploads = uploads;
        this.confirmUpload = confirmUpload;
        this.removal = removal;
        this.maxSize = settings.maxDirectSize().toBytes();
    }

    /**
     * Receives the content. Then it is to be {@linkplain #finish finished} or {@linkplain #discard discarded}.
     *
     * @return fails as {@link BeginUpload#begin} does, or with {@link dev.parley.media.MediaError#TOO_LARGE}
     */
    public Mono<Received> receive(Caller caller, String filename, String mimeType, Flux<DataBuffer> content) {
        return Mono.fromRunnable(() -> beginUpload.check(caller, filename, mimeType))
                .then(uploads.receive(content, maxSize));
    }

    /**
     * Makes a file of a content, and confirms it.
     *
     * @return fails as {@link BeginUpload#begin} and {@link ConfirmUpload#confirm(StoredFile)} do
     */
    public Mono<StoredFile> finish(
            Caller caller, String filename, String mimeType, @Nullable String conversationId, Received received) {
        Declaration declaration =
                new Declaration(filename, mimeType, received.content().size(), null, conversationId);
        return beginUpload.begin(caller, declaration, received.content()).flatMap(file -> confirmUpload
                .confirm(file)
                .onErrorResume(failure -> removal.removeNow(file.id()).then(Mono.error(failure))));
    }

    public Mono<Void> discard(Received received) {
        return uploads.discard(received);
    }
}
