package dev.parley.presence.chatcore;

import dev.parley.events.FileProcessed;
import dev.parley.events.FileStatus;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files that were looked into: {@code file_processed}, for the devices of who uploaded them. */
final class FileRenderer implements EventRenderer {

    private record Processed(String fileId, @Nullable String conversationId, String status, boolean thumbnail) {}

    /** A status of a later version has no name here: nobody is told of it. */
    private static final Map<FileStatus, String> NAMES =
            Map.of(FileStatus.READY, "ready", FileStatus.INFECTED, "infected", FileStatus.FAILED, "failed");

    private final ChatWire wire;

    FileRenderer(ChatWire wire) {
        this.wire = wire;
    }

    @Override
    public void fileProcessed(FileProcessed file, EventContext context) {
        String uploaderId = file.uploaderId();
        String status = NAMES.get(file.status());
        if (uploaderId == null || status == null) {
            return;
        }
        wire.emit(
                context,
                context.to(DeviceRoom.ofUser(file.tenantId(), uploaderId)),
                "file_processed",
                new Processed(file.fileId(), file.conversationId(), status, file.hasThumbnail()));
    }
}
