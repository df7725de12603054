package dev.parley.media.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.FormPartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the parts of a form as they come. The content of a file is never held as a whole. */
final class FormParts {

    private FormParts() {}

    /**
     * Reads a form that has one file.
     *
     * @param field takes each other field
     * @param file takes the file's content, all of it
     * @return what {@code file} made; fails with 400 if there is no file, or more than one
     */
    static <T> Mono<T> read(
            Flux<PartEvent> form,
            Consumer<FormPartEvent> field,
            BiFunction<FilePartEvent, Flux<DataBuffer>, Mono<T>> file) {
        return form.map(Piece::of)
                .windowUntil(Piece::isLast)
                .concatMap(part -> part.switchOnFirst((first, pieces) -> {
                    Piece piece = first.get();
                    if (piece != null && piece.event() instanceof FilePartEvent head) {
                        return file.apply(head, pieces.map(Piece::content));
                    }
                    return pieces.doOnNext(each -> take(each.event(), field)).then(Mono.<T>empty());
                }))
                .collectList()
                .map(FormParts::onlyOne);
    }

    /**
     * A piece of a part. Its content is copied, so that nobody need release what is not read of a form that is refused.
     *
     * @param event whose own content is released
     */
    private record Piece(PartEvent event, DataBuffer content) {

        static Piece of(PartEvent event) {
            DataBuffer content = event.content();
            byte[] bytes = new byte[content.readableByteCount()];
            content.read(bytes);
            DataBufferUtils.release(content);
            return new Piece(event, DefaultDataBufferFactory.sharedInstance.wrap(bytes));
        }

        boolean isLast() {
            return event.isLast();
        }
    }

    private static void take(PartEvent event, Consumer<FormPartEvent> field) {
        if (event instanceof FormPartEvent text) {
            field.accept(text);
        }
    }

    private static <T> T onlyOne(List<T> files) {
        if (files.size() != 1) {
            throw ApiException.invalid(
                    List.of(new FieldError("file", "required", "file is required: one part with a file name")));
        }
        return files.get(0);
    }
}
