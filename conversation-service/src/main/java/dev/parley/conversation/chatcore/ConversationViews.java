package dev.parley.conversation.chatcore;

import dev.parley.conversation.ConversationSettings;
import dev.parley.conversation.conversation.Conversation;
import dev.parley.conversation.conversation.Conversation.RosterEntry;
import dev.parley.conversation.conversation.Conversation.Settings;
import dev.parley.conversation.conversation.Member;
import dev.parley.conversation.membership.Membership.Personal;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.UserSummary;
import dev.parley.platform.encryption.ContentKeys;
import dev.parley.platform.encryption.EncryptionSettings;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.surface.chatcore.ConversationView;
import dev.parley.surface.chatcore.DeliveryView;
import dev.parley.surface.chatcore.MessageView;
import dev.parley.surface.chatcore.ParticipantView;
import dev.parley.surface.chatcore.SettingsView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Renders conversations with the profiles that users have now. */
@Component
final class ConversationViews {

    private final UserDirectory users;
    private final ConversationSettings settings;
    private final ContentKeys contents;
    private final String encryptionMode;

    ConversationViews(
            UserDirectory users, ConversationSettings settings, ContentKeys contents, EncryptionSettings encryption) {
        this.contents = contents;
        this.encryptionMode = encryption.mode().wireName();
        this.users = users;
        this.settings = settings;
    }

    /** The conversation of a list as its owner sees it. */
    Mono<ConversationView> of(Member member) {
        return of(List.of(member)).map(views -> views.get(0));
    }

    /** One look-up of users for all of them, in the order given. They are all of one tenant. */
    Mono<List<ConversationView>> of(List<Member> members) {
        if (members.isEmpty()) {
            return Mono.just(List.of());
        }
        Set<String> ids = new HashSet<>();
        List<MessageSnapshot> lastMessages = new ArrayList<>();
        for (Member member : members) {
            member.conversation().roster().forEach(entry -> ids.add(entry.userId()));
            MessageSnapshot last = member.lastMessage();
            if (last != null) {
                ids.add(last.sender().id());
                lastMessages.add(last);
            }
        }
        return Mono.zip(users.find(ids, members.get(0).conversation().tenantId()), contents.openAll(lastMessages))
                .map(found -> members.stream()
                        .map(member -> view(member, found.getT1(), found.getT2()))
                        .toList());
    }

    /** @param opened last messages as they were written, by id */
    private ConversationView view(Member member, Map<String, UserSummary> users, Map<String, MessageSnapshot> opened) {
        Conversation conversation = member.conversation();
        MessageSnapshot noted = member.lastMessage();
        MessageSnapshot last = noted == null ? null : opened.get(noted.id());
        Personal personal = member.membership().personal();
        boolean muted = personal.mutedUntil() != null && personal.mutedUntil().isAfter(Instant.now());
        String icon = conversation.iconFileId();
        return new ConversationView(
                conversation.id(),
                conversation.tenantId(),
                ConversationView.type(conversation.kind()),
                conversation.name(),
                conversation.description(),
                icon == null ? null : settings.fileUrl().replace("{fileId}", icon),
                conversation.roster().stream()
                        .map(entry -> participant(entry, users))
                        .toList(),
                conversation.participantCount(),
                rules(conversation.settings()),
                last == null
                        ? null
                        : MessageView.of(
                                last.by(users.getOrDefault(last.sender().id(), last.sender())),
                                null,
                                false,
                                new DeliveryView(conversation.deliveryStatus(), List.of())),
                conversation.createdBy(),
                member.membership().active(),
                conversation.createdAt(),
                conversation.updatedAt(),
                member.unreadCount(),
                personal.pinnedAt() != null,
                muted,
                muted && !Personal.FOREVER.equals(personal.mutedUntil()) ? personal.mutedUntil() : null,
                !muted,
                encryptionMode);
    }

    private static ParticipantView participant(RosterEntry entry, Map<String, UserSummary> users) {
        UserSummary user = users.getOrDefault(entry.userId(), UserDirectory.unknown(entry.userId()));
        return ParticipantView.of(new Participant(user, entry.role(), entry.joinedAt()));
    }

    private static SettingsView rules(Settings rules) {
        return new SettingsView(
                rules.onlyAdminsCanMessage(),
                rules.onlyAdminsCanAddMembers(),
                rules.historyVisibleToNewMembers(),
                new SettingsView.MessageConfig(rules.editWindowSeconds(), rules.deleteWindowSeconds()));
    }
}
