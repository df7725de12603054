package dev.parley.auth.internal;

import dev.parley.auth.user.UserChanges;
import dev.parley.platform.json.Fields;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Takes the pictures of users from media-service, which keeps the files. */
@RestController
class AvatarController {

    private static final int MAX_ID = 128;

    /** @param replacedFileId the file that nobody is shown any more; null if there was none */
    record Answer(@Nullable String replacedFileId) {}

    private final UserChanges changes;

    AvatarController(UserChanges changes) {
        this.changes = changes;
    }

    /** The same file again changes nothing. */
    @PutMapping("/internal/platform/users/{userId}/avatar")
    Mono<Answer> change(@PathVariable String userId, @RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        String tenantId = fields.text("tenantId", 1, MAX_ID);
        String fileId = fields.text("fileId", 1, MAX_ID);
        fields.verify();
        return changes.changeAvatar(tenantId, userId, fileId).map(change -> new Answer(change.replacedFileId()));
    }
}
