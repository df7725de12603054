package dev.parley.standalone.chaos;

import dev.parley.standalone.ChatUser;
import java.util.Set;
import java.util.stream.Collectors;

/** What was read: who has read a message, and how many each member has not read. */
final class Receipts {

    private final Cast cast;
    private final Conversations conversations;
    private final Deeds deeds;

    Receipts(Cast cast, Deeds deeds) {
        this.cast = cast;
        this.conversations = cast.conversations();
        this.deeds = deeds;
    }

    /**
     * Who has read the newest message in each conversation, to which all that was read before leads. Not who has got it: where
     * a client is cut off in the moment after, the server does not know.
     */
    Findings ofNewest() {
        Findings findings = new Findings();
        for (String id : conversations.all()) {
            deeds.newest(id)
                    .ifPresent(newest -> findings.equal("readers of " + newest, readers(newest), readBy(newest)));
        }
        return findings;
    }

    /** Those who have come since are not named, even if they were there before and read it then. */
    private Set<String> readers(Deeds.Sent message) {
        String id = message.conversationId();
        Timeline timeline = Timeline.of(conversations, id);
        return conversations.members(id).stream()
                .filter(user -> !user.id().equals(message.senderId()))
                .filter(user -> timeline.comingOf(user) <= message.seq())
                .map(ChatUser::id)
                .filter(userId -> deeds.hasRead(id, userId, message.seq()))
                .collect(Collectors.toSet());
    }

    private Set<String> readBy(Deeds.Sent message) {
        return conversations
                .witness(message.conversationId())
                .fetch("/api/v1/messages/" + message.messageId() + "/receipts")
                .path("readBy")
                .valueStream()
                .map(one -> one.path("user").path("id").asString())
                .collect(Collectors.toSet());
    }

    /** By REST and by the badge of each device; former members have nothing unread. */
    Findings unread() {
        Findings findings = new Findings();
        for (String id : conversations.all()) {
            Timeline timeline = Timeline.of(conversations, id);
            for (ChatUser user : conversations.everIn(id)) {
                boolean member = conversations.has(id, user);
                long expected = member ? deeds.unread(id, user.id(), timeline.seenSinceComing(user)) : 0;
                long found = user.get("/api/v1/conversations/" + id + "/unread")
                        .path("unreadCount")
                        .asLong();
                for (ChaosClient device : cast.clientsOf(user)) {
                    findings.equal(device, "unread in " + id, expected, found);
                    if (member) {
                        findings.equal(
                                device,
                                "badge of " + id,
                                expected,
                                device.knowledge().badge(id));
                    }
                }
            }
        }
        return findings;
    }
}
