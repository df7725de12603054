package dev.parley.standalone.chaos;

import dev.parley.standalone.ChatUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Compares what clients were told with what the platform has stored, and both with what was done. */
final class Verdict {

    private record Receipts(Set<String> readBy, Set<String> deliveredTo, Set<String> pending) {}

    private final Cast cast;
    private final Deeds deeds;

    Verdict(Cast cast, Deeds deeds) {
        this.cast = cast;
        this.deeds = deeds;
    }

    /** Of every message, who got and who read it. Asks for nothing that would count as a delivery. */
    Findings receipts() {
        Findings findings = new Findings();
        Map<String, Map<String, Long>> firstSeqs = new HashMap<>();
        cast.conversations().forEach(id -> firstSeqs.put(id, firstSeqs(id)));
        deeds.all().parallelStream()
                .map(message -> Map.entry(message, receipts(message)))
                .toList()
                .forEach(one -> findings.equal(
                        "receipts of " + one.getKey(),
                        expected(one.getKey(), firstSeqs.get(one.getKey().conversationId())),
                        one.getValue()));
        return findings;
    }

    private Receipts receipts(Deeds.Sent message) {
        JsonNode found = cast.admin().get("/api/v1/messages/" + message.messageId() + "/receipts");
        return new Receipts(
                ids(found.path("readBy"), one -> one.path("user")),
                ids(found.path("deliveredTo"), one -> one.path("user")),
                ids(found.path("pending"), one -> one));
    }

    private Set<String> ids(JsonNode list, Function<JsonNode, JsonNode> user) {
        return list.valueStream()
                .map(one -> user.apply(one).path("id").asString())
                .filter(id -> !id.equals(cast.admin().id()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Receipts expected(Deeds.Sent message, Map<String, Long> firstSeqs) {
        Receipts expected = new Receipts(new TreeSet<>(), new TreeSet<>(), Set.of());
        firstSeqs.forEach((userId, firstSeq) -> {
            if (!userId.equals(message.senderId()) && firstSeq <= message.seq()) {
                boolean read = deeds.hasRead(message.conversationId(), userId, message.seq());
                (read ? expected.readBy() : expected.deliveredTo()).add(userId);
            }
        });
        return expected;
    }

    /** From which place on each member sees a conversation. */
    private Map<String, Long> firstSeqs(String conversationId) {
        return cast.members(conversationId).stream()
                .collect(Collectors.toMap(ChatUser::id, member -> cast.clientsOf(member).stream()
                        .flatMap(client -> client.knowledge().entries(conversationId).stream())
                        .mapToLong(ConversationLog.Entry::seq)
                        .min()
                        .orElse(Long.MAX_VALUE)));
    }

    /** Every client's log against the history, and the history against what was done. */
    Findings messages() {
        Findings findings = new Findings();
        for (String id : cast.conversations()) {
            List<JsonNode> whole = History.of(cast.admin(), id);
            Map<String, ConversationLog.State> written = states(whole.stream()
                    .filter(message ->
                            !message.path("content").path("type").asString().equals("system"))
                    .toList());
            findings.equal("what is stored of " + id, deeds.messages(id), written);
            for (ChatUser member : cast.members(id)) {
                List<JsonNode> history = History.of(member, id);
                for (ChaosClient client : cast.clientsOf(member)) {
                    findings.same(
                            client,
                            "log of " + id,
                            history.stream().map(ConversationLog.Entry::of).toList(),
                            client.knowledge().entries(id));
                    findings.same(
                            client,
                            "messages of " + id,
                            states(history).entrySet(),
                            client.knowledge().states(id).entrySet());
                }
            }
        }
        for (ChaosClient client : cast.clients()) {
            findings.same(client, "faults", List.of(), client.knowledge().faults());
        }
        return findings;
    }

    private static Map<String, ConversationLog.State> states(List<JsonNode> messages) {
        return messages.stream()
                .collect(Collectors.toMap(message -> message.path("id").asString(), ConversationLog.State::of));
    }

    /** What each member has not read: by REST and by the badge of each device. */
    Findings unread() {
        Findings findings = new Findings();
        for (String id : cast.conversations()) {
            for (ChatUser member : cast.members(id)) {
                List<ChaosClient> devices = cast.clientsOf(member);
                long expected =
                        deeds.unread(id, member.id(), devices.get(0).knowledge().entries(id));
                long found = member.get("/api/v1/conversations/" + id + "/unread")
                        .path("unreadCount")
                        .asLong();
                findings.equal(devices.get(0), "unread in " + id, expected, found);
                for (ChaosClient device : devices) {
                    findings.equal(
                            device,
                            "badge of " + id,
                            expected,
                            device.knowledge().badge(id));
                }
            }
        }
        return findings;
    }

    /** Everybody shares a conversation with everybody. */
    Findings online(List<ChatUser> gone) {
        Findings findings = new Findings();
        List<ChatUser> there = new ArrayList<>(cast.users());
        there.removeAll(gone);
        for (ChatUser user : there) {
            Set<String> others = there.stream()
                    .map(ChatUser::id)
                    .filter(id -> !id.equals(user.id()))
                    .collect(Collectors.toSet());
            for (ChaosClient client : cast.clientsOf(user)) {
                findings.same(
                        client,
                        "online",
                        new TreeSet<>(others),
                        client.knowledge().online());
                for (ChatUser one : gone) {
                    String lastSeenAt = user.get("/api/v1/users/" + one.id() + "/last-seen")
                            .path("lastSeenAt")
                            .asString("never");
                    findings.equal(
                            client,
                            "last seen of " + one.id(),
                            lastSeenAt,
                            client.knowledge().lastSeen(one.id()));
                }
            }
        }
        return findings;
    }
}
