package dev.parley.standalone.chaos;

import dev.parley.standalone.ChatUser;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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
        Set<String> ever = everRecipients(newest);
        findings.between("readers of " + newest, readers(newest, recipients), readers(newest, ever), read);
        findings.between("whom reached " + newest, recipients, ever, reached);
    }

    /** Members since before the message: they are all to get it. */
    private Set<String> recipients(Deeds.Sent message) {
        Timeline timeline = Timeline.of(conversations, message.conversationId());
        return others(
                message,
                conversations.members(message.conversationId()),
                user -> timeline.comingOf(user) <= message.seq());
    }

    /** With those who have left since, and may be back: who got or read the message before that has done so for good. */
    private Set<String> everRecipients(Deeds.Sent message) {
        Timeline timeline = Timeline.of(conversations, message.conversationId());
        return others(message, conversations.everIn(message.conversationId()), user -> timeline.seenBy(user).stream()
                .anyMatch(entry -> entry.seq() == message.seq()));
    }

    private static Set<String> others(Deeds.Sent message, Collection<ChatUser> users, Predicate<ChatUser> isRecipient) {
        return users.stream()
                .filter(user -> !user.id().equals(message.senderId()))
                .filter(isRecipient)
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
                long found = user.fetch("/api/v1/conversations/" + id + "/unread")
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
