package dev.parley.media.preview;

import dev.parley.media.content.ContentRules;
import dev.parley.media.content.ImageFormats;
import dev.parley.media.file.FileKind;
import dev.parley.media.file.MimeTypes;
import dev.parley.media.preview.MediaTools.Header;
import dev.parley.media.preview.Preview.Format;
import dev.parley.media.preview.Preview.Thumbnail;
import dev.parley.platform.error.ApiException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes previews of files, each kind in its way. Blocks for as long as that takes. */
@Component
public final class Previews {

    private final ImagePreviews images;
    private final PdfPreviews pdfs;
    private final MediaTools tools;
    private final int size;

    Previews(ContentRules rules, PreviewSettings settings) {
        Thumbnails thumbnails = new Thumbnails(settings.size());
        this.images = new ImagePreviews(rules, thumbnails);
        this.pdfs = new PdfPreviews(settings);
        this.tools = new MediaTools(settings);
        this.size = settings.size();
    }

    /** Whether there may be more of a file to show than its name, so that it is worth reading. */
    public boolean canBeMadeOf(String mimeType) {
        return ImageFormats.canRead(mimeType) || mimeType.equals(MimeTypes.PDF) || tools.canRead(mimeType);
    }

    /**
     * @throws IOException if the file cannot be read, or not in time
     * @throws ApiException if it is an image that is too large
     */
    public Preview of(Path file, String mimeType) throws IOException {
        if (ImageFormats.canRead(mimeType)) {
            return images.of(file, mimeType);
        }
        if (mimeType.equals(MimeTypes.PDF)) {
            return pdfs.of(file);
        }
        if (!tools.canRead(mimeType)) {
            return Preview.NONE;
        }
        return FileKind.of(mimeType) == FileKind.VIDEO ? video(file, mimeType) : audio(file, mimeType);
    }

    private Preview video(Path file, String mimeType) throws IOException {
        Header header = tools.header(file, mimeType);
        return new Preview(header.size(), header.duration(), null, poster(file, mimeType, header));
    }

    /** A film that cannot be decoded is shown without a picture: its size and its duration are known still. */
    private @Nullable Thumbnail poster(Path file, String mimeType, Header header) {
        try {
            return new Thumbnail(tools.poster(file, mimeType, header, size), Format.JPEG);
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** The duration is that of the samples: recorders of browsers write none into the header. */
    private Preview audio(Path file, String mimeType) throws IOException {
        Waveform waveform = tools.waveform(file, mimeType);
        if (waveform.levels().isEmpty()) {
            return Preview.NONE;
        }
        return new Preview(null, waveform.duration(), waveform.levels(), null);
    }
}
