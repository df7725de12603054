package dev.parley.media.internal;

import dev.parley.media.attach.AttachFiles;
import dev.parley.media.attach.AttachFiles.Use;
import dev.parley.media.file.FileKind;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Media;
import dev.parley.media.icon.ClaimIcon;
import dev.parley.platform.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Binds files to conversations for other services, which have checked what the user may do there. */
@RestController
class FileController {

    private static final int MAX_FILES = 100;
    private static final int MAX_ID = 128;

    /** @param processed whether it is known that nothing more will be made of it */
    record FileInfo(
            String fileId,
            FileKind kind,
            String filename,
            String mimeType,
            long size,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Double duration,
            @Nullable List<Double> waveform,
            boolean hasThumbnail,
            boolean processed) {

        static FileInfo of(StoredFile file) {
            Media media = file.media();
            return new FileInfo(
                    file.id(),
                    file.kind(),
                    file.filename(),
                    file.mimeType(),
                    file.size(),
                    media == null ? null : media.width(),
                    media == null ? null : media.height(),
                    media == null ? null : media.duration(),
                    media == null ? null : media.waveform(),
                    file.hasThumbnail(),
                    file.hasThumbnail());
        }
    }

    record Attached(List<FileInfo> files) {}

    private final AttachFiles attachFiles;
    private final ClaimIcon claimIcon;

    FileController(AttachFiles attachFiles, ClaimIcon claimIcon) {
        this.attachFiles = attachFiles;
        this.claimIcon = claimIcon;
    }

    @PostMapping("/internal/platform/files/attach")
    Mono<Attached> attach(@RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        Use use = use(fields, "senderId");
        List<String> fileIds = fields.texts("fileIds", 1, MAX_FILES, MAX_ID);
        fields.verify();
        return attachFiles
                .attach(use, fileIds)
                .map(files -> new Attached(files.stream().map(FileInfo::of).toList()));
    }

    @PostMapping("/internal/platform/files/claim")
    Mono<FileInfo> claim(@RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        Use use = use(fields, "userId");
        String fileId = fields.text("fileId", 1, MAX_ID);
        if (!fields.text("purpose", 1, MAX_ID).equals("icon")) {
            fields.reject("purpose", "unknown", "must be icon");
        }
        fields.verify();
        return claimIcon.claim(use, fileId).map(FileInfo::of);
    }

    private static Use use(Fields fields, String user) {
        return new Use(
                fields.text("tenantId", 1, MAX_ID),
                fields.text(user, 1, MAX_ID),
                fields.text("conversationId", 1, MAX_ID));
    }
}
