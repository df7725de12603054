package dev.parley.media.content;

import dev.parley.media.MediaError;
import dev.parley.media.file.FileKind;
import dev.parley.platform.error.ApiException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Decides by the content of a file whether it is what its client says of it. */
@Component
public final class ContentRules {

    private final TypeDetector detector = new TypeDetector();
    private final ContentSettings settings;

    ContentRules(ContentSettings settings) {
        this.settings = settings;
        ImageFormats.load();
    }

    /**
     * Checks a content against what its client said of it.
     *
     * @param declared a type that is allowed, as {@link dev.parley.media.file.MimeTypes#canonical} names it
     * @return the size of an image as people see it; empty for all else, and for an image whose size does not stand in its
     *     first bytes
     * @throws ApiException {@link MediaError#TYPE_MISMATCH}, {@link MediaError#POLYGLOT} or {@link MediaError#IMAGE_TOO_LARGE}
     */
    Optional<ImageSize> check(String declared, ContentSample sample) {
        String found = detector.detect(sample);
        if (!DeclaredType.fits(declared, found)) {
            throw ApiException.of(MediaError.TYPE_MISMATCH, "The content is not of the type " + declared);
        }
        if (Polyglots.matches(found, sample)) {
            throw ApiException.of(MediaError.POLYGLOT, "The content can be read as more than one type");
        }
        return FileKind.of(declared) == FileKind.IMAGE ? size(declared, sample) : Optional.empty();
    }

    private Optional<ImageSize> size(String mimeType, ContentSample sample) {
        if (!ImageFormats.canRead(mimeType)) {
            ImageSize size = HeifSize.of(sample).orElseThrow(ContentRules::unreadable);
            requireNotTooLarge(size);
            return Optional.of(size);
        }
        try {
            ImageSize stored = ImageFormats.read(mimeType, new ByteArrayInputStream(sample.head()), ImageSize::of);
            requireNotTooLarge(stored);
            return Optional.of(
                    Orientation.of(new ByteArrayInputStream(sample.head())).applyTo(stored));
        } catch (IOException broken) {
            if (mimeType.equals("image/jpeg") && sample.size() > sample.head().length) {
                // Long metadata can stand before it. Then it is read when the file is processed.
                return Optional.empty();
            }
            throw unreadable();
        }
    }

    private static ApiException unreadable() {
        return ApiException.of(MediaError.TYPE_MISMATCH, "The image cannot be read");
    }

    /** @throws ApiException {@link MediaError#IMAGE_TOO_LARGE} */
    public void requireNotTooLarge(ImageSize stored) {
        if (stored.pixels() > settings.maxImagePixels()) {
            throw ApiException.of(
                    MediaError.IMAGE_TOO_LARGE, "An image has at most " + settings.maxImagePixels() + " pixels");
        }
    }
}
