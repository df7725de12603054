package dev.parley.conversation.chatcore;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.conversation.Conversation.Settings;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Personal;
import dev.parley.conversation.access.Member;
import dev.parley.conversation.delivery.ShownMessages;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.QuoteState;
import dev.parley.events.UserSummary;
import dev.parley.platform.encryption.ContentKeys;
import dev.parley.platform.encryption.EncryptionSettings;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.PictureUrl;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.surface.chatcore.ConversationView;
import dev.parley.surface.chatcore.ConversationView.Members;
import dev.parley.surface.chatcore.ConversationView.Profile;
import dev.parley.surface.chatcore.DeliveryView;
import dev.parley.surface.chatcore.MessageView;
import dev.parley.surface.chatcore.ParticipantView;
import dev.parley.surface.chatcore.PersonView;
import dev.parley.surface.chatcore.SettingsView;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Renders conversations with the profiles that users have now. */
@Component
final class ConversationViews {

    /**
     * What is shown beside what is stored.
     *
     * @param users the profiles, by id
     * @param people the same as they are shown: the address of a picture is signed once, in however many conversations somebody is
     * @param contents last messages as they were written, by id
     */
    record RenderData(
            Map<String, UserSummary> users,
            Map<String, PersonView> people,
            Map<String, MessageSnapshot> contents,
            FileUrls urls) {

        static RenderData of(Map<String, UserSummary> users, Map<String, MessageSnapshot> contents, FileUrls urls) {
            Map<String, PersonView> people = users.values().stream()
                    .collect(Collectors.toMap(UserSummary::id, user -> PersonView.of(user, urls)));
            return new RenderData(users, people, contents, urls);
        }

        private ParticipantView participant(RosterEntry entry) {
            PersonView known = people.get(entry.userId());
            PersonView person = known == null ? PersonView.of(UserDirectory.unknown(entry.userId()), urls) : known;
            return ParticipantView.of(person, entry.role(), entry.joinedAt());
        }

        private MessageSnapshot shown(MessageSnapshot last) {
            MessageSnapshot written = contents.getOrDefault(last.id(), last);
            // A list shows the message, not what it answers: that may stand where the member sees nothing.
            return written.withSender(users.getOrDefault(last.sender().id(), last.sender()))
                    .withoutQuote(QuoteState.OMITTED);
        }
    }

    private final UserDirectory users;
    private final FileUrls urls;
    private final ContentKeys contents;
    private final String encryptionMode;
    private final ShownMessages shownMessages;

    ConversationViews(
            UserDirectory users,
            FileUrls urls,
            ContentKeys contents,
            EncryptionSettings encryption,
            ShownMessages shownMessages) {
        this.shownMessages = shownMessages;
        this.contents = contents;
        this.encryptionMode = encryption.mode().wireName();
        this.users = users;
        this.urls = urls;
    }

    /** The conversation of a list as its owner sees it. */
    Mono<ConversationView> of(Member member) {
        return of(List.of(member)).map(views -> views.get(0));
    }

    /**
     * What clients are shown. One look-up of users for all of them, in the order given. They are all of one tenant.
     */
    Mono<List<ConversationView>> of(List<Member> members) {
        if (members.isEmpty()) {
            return Mono.just(List.of());
        }
        return lookUp(members.get(0).conversation(), members)
                .map(data -> members.stream().map(member -> view(member, data)).toList())
                .doOnNext(views -> shownMessages.shown(members));
    }

    ConversationView view(Member member, RenderData data) {
        Conversation conversation = member.conversation();
        if (member.membership().active() || member.membership().left() != null) {
            return view(conversation, member.lastMessage(), personal(member), data, unnamed(member, data));
        }
        // Who left before it was kept what the conversation was: who came and went since is not for a former member.
        MessageSnapshot farewell = member.membership().farewell();
        Instant updatedAt = farewell == null ? conversation.updatedAt() : farewell.createdAt();
        return ConversationView.of(
                profile(conversation, updatedAt),
                Members.UNTOLD,
                personal(member),
                last(conversation, member.lastMessage(), data));
    }

    /** Everybody and everything that is shown where these see their conversations, and this one. */
    Mono<RenderData> lookUp(Conversation conversation, List<Member> members) {
        Set<String> ids = new HashSet<>();
        Map<String, MessageSnapshot> last = new HashMap<>();
        add(conversation, conversation.lastMessage(), ids, last);
        members.forEach(member -> {
            add(member.conversation(), member.lastMessage(), ids, last);
            ids.add(member.membership().userId());
        });
        return Mono.zip(users.find(ids, conversation.tenantId()), contents.openAll(last.values()))
                .map(found -> RenderData.of(found.getT1(), found.getT2(), urls));
    }

    private static void add(
            Conversation conversation,
            @Nullable MessageSnapshot last,
            Set<String> ids,
            Map<String, MessageSnapshot> messages) {
        conversation.roster().forEach(entry -> ids.add(entry.userId()));
        if (last != null) {
            ids.add(last.sender().id());
            messages.put(last.id(), last);
        }
    }

    static ConversationView.Personal personal(Member member) {
        Personal personal = member.membership().personal();
        boolean muted = personal.muted(Instant.now());
        return new ConversationView.Personal(
                ParticipantView.role(member.membership().role()),
                member.membership().active(),
                member.unreadCount(),
                personal.pinnedAt() != null,
                muted,
                muted && !Personal.FOREVER.equals(personal.mutedUntil()) ? personal.mutedUntil() : null);
    }

    /** The member as a participant whom the conversation does not name by itself; null if it does. */
    static @Nullable ParticipantView unnamed(Member member, RenderData data) {
        Membership own = member.membership();
        boolean isNamed = member.conversation().roster().stream()
                .anyMatch(entry -> entry.userId().equals(own.userId()));
        return isNamed || !own.active() ? null : data.participant(RosterEntry.of(own));
    }

    /** @param unnamed whom it names beside those whom all are shown */
    ConversationView view(
            Conversation conversation,
            @Nullable MessageSnapshot last,
            ConversationView.Personal personal,
            RenderData data,
            @Nullable ParticipantView unnamed) {
        List<ParticipantView> listed = Stream.concat(
                        conversation.roster().stream().map(data::participant), Stream.ofNullable(unnamed))
                .toList();
        int count = conversation.participantCount();
        return ConversationView.of(
                profile(conversation, conversation.updatedAt()),
                new Members(listed, count, conversation.roster().size() < count),
                personal,
                last(conversation, last, data));
    }

    private Profile profile(Conversation conversation, Instant updatedAt) {
        return new Profile(
                conversation.id(),
                conversation.tenantId(),
                conversation.kind(),
                conversation.name(),
                conversation.description(),
                PictureUrl.of(conversation.iconFileId(), null, urls),
                rules(conversation.settings()),
                conversation.createdBy(),
                conversation.createdAt(),
                updatedAt,
                encryptionMode);
    }

    /** A message as one that somebody sees as the last of a conversation. */
    static @Nullable MessageView last(Conversation conversation, @Nullable MessageSnapshot last, RenderData data) {
        return last == null
                ? null
                : MessageView.of(
                        data.shown(last),
                        null,
                        false,
                        new DeliveryView(deliveryStatus(conversation, last.seq()), List.of()),
                        data.urls());
    }

    private static SettingsView rules(Settings rules) {
        return new SettingsView(
                rules.onlyAdminsCanMessage(),
                rules.onlyAdminsCanAddMembers(),
                rules.historyVisibleToNewMembers(),
                new SettingsView.MessageConfig(rules.editWindowSeconds(), rules.deleteWindowSeconds()));
    }

    private static String deliveryStatus(Conversation conversation, long seq) {
        if (conversation.isFullyRead(seq)) {
            return "read";
        }
        return conversation.isDelivered(seq) ? "delivered" : "sent";
    }
}
