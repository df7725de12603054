package dev.parley.media.content;

import dev.parley.media.file.StoredFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks at the content of an upload before it is confirmed. */
@Component
public final class ContentCheck {

    /** Bytes of the beginning of a file that are looked at. */
    public static final int HEAD = ContentSample.HEAD_LENGTH;

    /** Bytes of its end that are looked at. */
    public static final int TAIL = ContentSample.TAIL_LENGTH;

    /**
     * What is looked at.
     *
     * @param declared the file as it was declared
     * @param head the first {@value #HEAD} bytes; all of a file that is not larger
     * @param tail the last {@value #TAIL} bytes; all of a file that is not larger
     */
    public record Sample(StoredFile declared, byte[] head, byte[] tail) {}

    /**
     * What was found.
     *
     * @param mimeType the type to be shown
     * @param media the size of an image, where the head says it
     */
    public record Checked(String mimeType, StoredFile.@Nullable Media media) {}

    private final ContentRules rules;

    ContentCheck(ContentRules rules) {
        this.rules = rules;
    }

    /** @return fails as {@link ContentRules#check} does */
    public Mono<Checked> check(Sample sample) {
        return Mono.fromCallable(() -> checked(sample)).subscribeOn(Schedulers.boundedElastic());
    }

    private Checked checked(Sample sample) {
        StoredFile file = sample.declared();
        ContentSample content = new ContentSample(sample.head(), sample.tail(), file.size());
        StoredFile.Media media = rules.check(file.mimeType(), content)
                .map(size -> new StoredFile.Media(size.width(), size.height(), null, null, null))
                .orElse(null);
        return new Checked(file.mimeType(), media);
    }
}
