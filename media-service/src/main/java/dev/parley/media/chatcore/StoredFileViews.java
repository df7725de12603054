package dev.parley.media.chatcore;

import dev.parley.media.chatcore.StoredFileView.Dimensions;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Media;
import dev.parley.platform.file.FileUrlSettings;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.FileUrls.SignedUrl;
import dev.parley.platform.file.FileUrls.Variant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows files to chat-core clients. */
@Component
class StoredFileViews {

    private final FileUrls urls;
    private final FileUrlSettings settings;

    StoredFileViews(FileUrls urls, FileUrlSettings settings) {
        this.urls = urls;
        this.settings = settings;
    }

    StoredFileView of(StoredFile file) {
        Media media = file.media();
        SignedUrl url = file.isReady() ? url(file, Variant.ORIGINAL) : null;
        return new StoredFileView(
                file.id(),
                file.filename(),
                file.mimeType(),
                file.kind().wireName(),
                file.size(),
                file.sha256(),
                file.status().wireName(),
                url == null ? null : url.url(),
                url == null ? null : url.expiresAt(),
                file.isReady() && file.hasThumbnail()
                        ? url(file, Variant.THUMBNAIL).url()
                        : null,
                dimensions(media),
                media == null ? null : media.duration(),
                media == null ? null : media.waveform(),
                file.conversationId(),
                file.uploaderId(),
                file.createdAt());
    }

    private SignedUrl url(StoredFile file, Variant variant) {
        return urls.of(file.id(), variant, settings.attachmentUrlLifetime());
    }

    private static @Nullable Dimensions dimensions(@Nullable Media media) {
        return media == null || media.width() == null || media.height() == null
                ? null
                : new Dimensions(media.width(), media.height());
    }
}
