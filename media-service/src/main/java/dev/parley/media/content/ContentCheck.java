package dev.parley.media.content;

import dev.parley.media.file.StoredFile;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Looks at the content of an upload before it is confirmed. */
public interface ContentCheck {

    /** Bytes of the beginning of a file that are looked at. */
    int HEAD = 64 << 10;

    /** Bytes of its end that are looked at. */
    int TAIL = 64 << 10;

    /**
     * What is looked at.
     *
     * @param declared the file as it was declared: its tenant, name, type, kind and size
     * @param head the first {@value #HEAD} bytes; all of a file that is not larger
     * @param tail the last {@value #TAIL} bytes; all of a file that is not larger
     */
    record Sample(StoredFile declared, byte[] head, byte[] tail) {}

    /**
     * What was found.
     *
     * @param mimeType the type to be shown
     * @param media dimensions, where the head says them
     */
    record Checked(String mimeType, StoredFile.@Nullable Media media) {}

    /**
     * @return fails with {@link dev.parley.media.MediaError#TYPE_MISMATCH}, {@link
     *     dev.parley.media.MediaError#TYPE_NOT_ALLOWED}, {@link dev.parley.media.MediaError#POLYGLOT} or {@link
     *     dev.parley.media.MediaError#IMAGE_TOO_LARGE}
     */
    Mono<Checked> check(Sample sample);
}
