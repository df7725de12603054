package dev.parley.conversation.chatcore;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.invitation.Invitation;
import dev.parley.conversation.invitation.Invitations.Received;
import dev.parley.events.UserSummary;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.PictureUrl;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.ParticipantView;
import dev.parley.surface.chatcore.PersonView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Renders invitations. Who is invited sees what the group is called and who asks, and nothing of what is in it. */
@Component
final class InvitationViews {

    record ReceivedView(
            String conversationId,
            @Nullable String name,
            @Nullable String iconUrl,
            PersonView invitedBy,
            Instant invitedAt) {}

    record SentView(PersonView user, String role, PersonView invitedBy, Instant invitedAt) {}

    private final UserDirectory users;
    private final FileUrls urls;

    InvitationViews(UserDirectory users, FileUrls urls) {
        this.users = users;
        this.urls = urls;
    }

    Mono<List<ReceivedView>> received(List<Received> received, Caller caller) {
        return named(received.stream().map(Received::invitation).toList(), caller)
                .map(known -> received.stream()
                        .map(one -> view(one.invitation(), one.conversation(), known))
                        .toList());
    }

    private ReceivedView view(Invitation invitation, Conversation conversation, Map<String, UserSummary> known) {
        return new ReceivedView(
                conversation.id(),
                conversation.name(),
                PictureUrl.of(conversation.iconFileId(), null, urls),
                user(invitation.invitedBy(), known),
                invitation.invitedAt());
    }

    Mono<List<SentView>> sent(List<Invitation> sent, Caller caller) {
        return named(sent, caller).map(known -> sent.stream()
                .map(invitation -> new SentView(
                        user(invitation.userId(), known),
                        ParticipantView.role(invitation.role()),
                        user(invitation.invitedBy(), known),
                        invitation.invitedAt()))
                .toList());
    }

    private Mono<Map<String, UserSummary>> named(List<Invitation> invitations, Caller caller) {
        Set<String> ids = invitations.stream()
                .flatMap(invitation -> Stream.of(invitation.userId(), invitation.invitedBy()))
                .collect(Collectors.toSet());
        return users.find(ids, caller);
    }

    private PersonView user(String userId, Map<String, UserSummary> known) {
        return PersonView.of(known.getOrDefault(userId, UserDirectory.unknown(userId)), urls);
    }
}
