package dev.parley.standalone.chaos;

import dev.parley.standalone.ChatUser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What everybody knows of conversations and messages, against what is stored, and that against what was done. */
final class Messages {

    private final Cast cast;
    private final Conversations conversations;
    private final Deeds deeds;

    Messages(Cast cast, Deeds deeds) {
        this.cast = cast;
        this.conversations = cast.conversations();
        this.deeds = deeds;
    }

    Findings findings() {
        Findings findings = new Findings();
        for (ChatUser user : cast.users()) {
            Set<String> listed = user.fetch("/api/v1/conversations")
                    .path("data")
                    .valueStream()
                    .map(conversation -> conversation.path("id").asString())
                    .collect(Collectors.toCollection(TreeSet::new));
            for (ChaosClient client : cast.clientsOf(user)) {
                findings.same(client, "stored conversations", conversations.everOf(user), listed);
                findings.same(
                        client,
                        "conversations",
                        listed,
                        new TreeSet<>(client.knowledge().conversations()));
                findings.same(client, "faults", List.of(), client.knowledge().faults());
            }
        }
        conversations.all().forEach(id -> compare(id, findings));
        return findings;
    }

    private void compare(String id, Findings findings) {
        Timeline timeline = Timeline.of(conversations, id);
        findings.equal("what is stored of " + id, deeds.messages(id), states(timeline.written()));
        for (ChatUser user : conversations.everIn(id)) {
            List<JsonNode> history = user.wholeHistory(id);
            List<ConversationLog.Entry> given =
                    history.stream().map(ConversationLog.Entry::of).toList();
            for (ChaosClient client : cast.clientsOf(user)) {
                findings.same(client, "history of " + id, timeline.seenBy(user), given);
                findings.same(client, "log of " + id, given, client.knowledge().entries(id));
            }
            if (conversations.has(id, user)) {
                Set<String> present = ids(timeline.seenSinceComing(user));
                Map<String, ConversationLog.State> now = states(history);
                now.keySet().retainAll(present);
                for (ChaosClient client : cast.clientsOf(user)) {
                    Map<String, ConversationLog.State> known =
                            client.knowledge().states(id);
                    known.keySet().retainAll(present);
                    findings.same(client, "messages of " + id, now.entrySet(), known.entrySet());
                }
            }
        }
    }

    private static Set<String> ids(List<ConversationLog.Entry> entries) {
        return entries.stream().map(ConversationLog.Entry::id).collect(Collectors.toSet());
    }

    private static Map<String, ConversationLog.State> states(List<JsonNode> messages) {
        return messages.stream()
                .collect(Collectors.toMap(message -> message.path("id").asString(), ConversationLog.State::of));
    }
}
