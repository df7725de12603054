package dev.parley.notification.notice;

import dev.parley.events.ConversationKind;
import dev.parley.events.MessageSnapshot;
import dev.parley.notification.audience.AudienceConversation;
import dev.parley.notification.notice.Decision.Recipient;
import dev.parley.notification.provider.PushContent;
import dev.parley.notification.push.CurrentContent;
import dev.parley.notification.push.PushContents.DuePush;
import dev.parley.notification.push.Suppression;
import dev.parley.notification.text.Occasion;
import dev.parley.notification.text.PushText;
import dev.parley.notification.text.PushTexts;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the content of one push of a notice. */
@Component
final class NoticeRendering {

    private static final String PAGE = "/#/c/";

    private final Decisions decisions;
    private final PushTexts texts;

    NoticeRendering(Decisions decisions, PushTexts texts) {
        this.decisions = decisions;
        this.texts = texts;
    }

    /** @param actor what is called who wrote, reacted or added; null if that is not known */
    CurrentContent of(
            Notice notice,
            AudienceConversation conversation,
            @Nullable String actor,
            Recipient recipient,
            DuePush due,
            Instant now) {
        boolean direct = conversation.kind() == ConversationKind.DIRECT;
        Decision decision = decisions.of(notice, direct, recipient, now);
        Suppression suppression = decision.suppression();
        if (suppression != null) {
            return CurrentContent.withheld(suppression);
        }
        Occasion occasion = new Occasion(
                due.device().locale(),
                direct,
                conversation.name(),
                actor,
                recipient.preferences().messagePreview());
        PushText text = text(notice, decision.type(), occasion, recipient.userId());
        return CurrentContent.told(
                new PushContent(
                        decision.type().wireName(),
                        notice.tenantId(),
                        notice.conversationId(),
                        notice.messageId(),
                        notice.actorId(),
                        text.title(),
                        text.body(),
                        due.badge(),
                        recipient.preferences().soundEnabled(),
                        notice.conversationId(),
                        PAGE + notice.conversationId(),
                        notice.happenedAt(),
                        false),
                notice.traceparent());
    }

    private PushText text(Notice notice, PushType type, Occasion occasion, String recipientId) {
        return switch (type) {
            case MESSAGE -> texts.message(occasion, message(notice), recipientId);
            case MENTION -> texts.mention(occasion, message(notice));
            case REACTION -> texts.reaction(occasion, message(notice), Objects.requireNonNull(notice.emoji()));
            case GROUP_ADDED -> texts.added(occasion);
        };
    }

    private static MessageSnapshot message(Notice notice) {
        return Objects.requireNonNull(notice.message());
    }
}
