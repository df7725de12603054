package dev.parley.standalone.chaos;

import dev.parley.standalone.ChatUser;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What came and what was read: who has got and who has read a message, and how many each member has not read. */
final class Receipts {

    private final Cast cast;
    private final Conversations conversations;
    private final Deeds deeds;

    Receipts(Cast cast, Deeds deeds) {
        this.cast = cast;
        this.conversations = cast.conversations();
        this.deeds = deeds;
    }

    /** Who has got and who has read the newest message in each conversation, to which all that was before leads. */
    Findings ofNewest() {
        Findings findings = new Findings();
        for (String id : conversations.all()) {
            deeds.newest(id).ifPresent(newest -> compare(newest, findings));
        }
        return findings;
    }

    private void compare(Deeds.Sent newest, Findings findings) {
        JsonNode receipts = conversations
                .witness(newest.conversationId())
                .fetch("/api/v1/messages/" + newest.messageId() + "/receipts");
        Set<String> recipients = recipients(newest);
        Set<String> read = users(receipts, "readBy");
        Set<String> reached = users(receipts, "deliveredTo");
        reached.addAll(read);
        reached.remove(conversations.admin().id());
        findings.equal("readers of " + newest, readers(newest, recipients), read);
        findings.equal("whom reached " + newest, recipients, reached);
    }

    /** Those who have come since are not named, even if they were there before and got it then. */
    private Set<String> recipients(Deeds.Sent message) {
        String id = message.conversationId();
        Timeline timeline = Timeline.of(conversations, id);
        return conversations.members(id).stream()
                .filter(user -> !user.id().equals(message.senderId()))
                .filter(user -> timeline.comingOf(user) <= message.seq())
                .map(ChatUser::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> readers(Deeds.Sent message, Set<String> recipients) {
        return recipients.stream()
                .filter(userId -> deeds.hasRead(message.conversationId(), userId, message.seq()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> users(JsonNode receipts, String field) {
        return receipts.path(field)
                .valueStream()
                .map(one -> one.path("user").path("id").asString())
                .collect(Collectors.toCollection(TreeSet::new));
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
