package dev.parley.media.chatcore;

import dev.parley.media.MediaError;
import dev.parley.media.avatar.ChangeAvatar;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.Caller;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Takes the avatars of chat-core clients. A picture is held in memory, up to its limit: all of it is needed to make the avatar. */
@RestController
class AvatarController {

    private static final int MAX_URL = 2_048;

    /** @param avatarUrl good for a while */
    record AvatarView(String avatarUrl) {}

    private final ChangeAvatar changeAvatar;
    private final FileUrls urls;

    AvatarController(ChangeAvatar changeAvatar, FileUrls urls) {
        this.changeAvatar = changeAvatar;
        this.urls = urls;
    }

    @PutMapping(path = "/api/v1/users/me/avatar", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<AvatarView> upload(@RequestBody Flux<PartEvent> parts, Caller caller) {
        changeAvatar.requireUploads();
        return FormParts.read(parts, field -> {}, (file, content) -> whole(content))
                .flatMap(picture -> changeAvatar.to(caller, picture))
                .map(this::view);
    }

    private Mono<byte[]> whole(Flux<DataBuffer> content) {
        long max = changeAvatar.maxSize();
        return content.collect(ByteArrayOutputStream::new, (all, part) -> {
                    byte[] bytes = new byte[part.readableByteCount()];
                    part.read(bytes);
                    DataBufferUtils.release(part);
                    if (all.size() + bytes.length > max) {
                        throw ApiException.of(MediaError.TOO_LARGE, "A picture may have at most " + max + " bytes");
                    }
                    all.writeBytes(bytes);
                })
                .map(ByteArrayOutputStream::toByteArray);
    }

    @PostMapping("/api/v1/users/me/avatar/sync")
    Mono<AvatarView> sync(@RequestBody(required = false) @Nullable JsonNode body, Caller caller) {
        Fields fields = Fields.of(body);
        String url = fields.optionalText("url", 1, MAX_URL);
        String base64 = fields.optionalText("base64", 1, Integer.MAX_VALUE);
        if (fields.errors().isEmpty() && (url == null) == (base64 == null)) {
            fields.reject("url", "required", "either url or base64 is required");
        }
        fields.verify();
        Mono<String> changed = url == null
                ? changeAvatar.toEncoded(caller, base64 == null ? "" : base64)
                : changeAvatar.toPictureAt(caller, url);
        return changed.map(this::view);
    }

    private AvatarView view(String fileId) {
        return new AvatarView(urls.ofPicture(fileId));
    }
}
