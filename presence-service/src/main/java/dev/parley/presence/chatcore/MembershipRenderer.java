package dev.parley.presence.chatcore;

import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.UserSummary;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.PictureUrl;
import dev.parley.presence.device.Device;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import dev.parley.presence.transport.Audience;
import dev.parley.surface.chatcore.ParticipantView;
import org.jspecify.annotations.Nullable;

/** Members who are added and removed: {@code participant_joined}, {@code participant_left}. */
final class MembershipRenderer implements EventRenderer {

    private record ParticipantJoined(
            String conversationId,
            String userId,
            String displayName,
            String username,
            @Nullable String avatarUrl,
            String role,
            String addedBy) {}

    private record ParticipantLeft(
            String conversationId,
            String userId,
            String displayName,
            @Nullable String removedBy,
            @Nullable String removedByName) {}

    private final ChatWire wire;
    private final FileUrls urls;

    MembershipRenderer(ChatWire wire, FileUrls urls) {
        this.wire = wire;
        this.urls = urls;
    }

    @Override
    public void membersAdded(MessageSnapshot message, Block.Notice notice, EventContext context) {
        String conversationId = message.conversationId();
        Audience<DeviceRoom, Device> listeners = context.audiences().listeners(message);
        // The message itself is part 0.
        int part = 0;
        for (Participant member : notice.members()) {
            UserSummary user = member.user();
            wire.emit(
                    context,
                    listeners,
                    ++part,
                    "participant_joined",
                    new ParticipantJoined(
                            conversationId,
                            user.id(),
                            user.displayName(),
                            user.username(),
                            PictureUrl.of(user, urls),
                            ParticipantView.role(member.role()),
                            message.sender().id()));
        }
    }

    @Override
    public void membersRemoved(MessageSnapshot message, Block.Notice notice, EventContext context) {
        String conversationId = message.conversationId();
        boolean removed = notice.kind() == Block.NoticeKind.MEMBER_REMOVED;
        int part = 0;
        for (Participant member : notice.members()) {
            UserSummary user = member.user();
            wire.emit(
                    context,
                    context.audiences().ofRemovedMember(message, notice, user.id()),
                    ++part,
                    "participant_left",
                    new ParticipantLeft(
                            conversationId,
                            user.id(),
                            user.displayName(),
                            removed ? message.sender().id() : null,
                            removed ? message.sender().displayName() : null));
        }
    }
}
