package dev.parley.presence.chatcore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.QuoteState;
import dev.parley.events.UserSummary;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.PictureUrl;
import dev.parley.presence.device.Device;
import dev.parley.presence.surface.EventAudiences;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import dev.parley.surface.chatcore.MessageView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** New messages: {@code new_message}. */
final class MessageRenderer implements EventRenderer {

    /** @param tempId only set for the sender's own devices */
    private record NewMessage(
            MessageView message,
            @Nullable String tempId,
            String senderName,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String senderAvatarUrl) {}

    private final ChatWire wire;
    private final FileUrls urls;

    MessageRenderer(ChatWire wire, FileUrls urls) {
        this.wire = wire;
        this.urls = urls;
    }

    @Override
    public void messageCreated(MessageCreated created, EventContext context) {
        MessageSnapshot message = created.message();
        EventAudiences.NewMessage audiences = context.audiences().ofNewMessage(message);
        List<Device> receivers =
                new ArrayList<>(wire.emit(context, audiences.others(), "new_message", () -> newMessage(message, null)));
        receivers.addAll(wire.emit(
                context,
                audiences.othersWithoutPreview(),
                "new_message",
                () -> newMessage(message.withoutQuote(QuoteState.HIDDEN), null)));
        context.trackDelivery(message, receivers);
        // Last, because the sender already knows the message.
        wire.emit(context, audiences.sender(), "new_message", () -> newMessage(message, created.clientId()));
    }

    private NewMessage newMessage(MessageSnapshot message, @Nullable String tempId) {
        UserSummary sender = message.sender();
        return new NewMessage(
                MessageView.of(message, tempId, urls), tempId, sender.displayName(), PictureUrl.of(sender, urls));
    }
}
