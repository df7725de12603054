package dev.parley.standalone.chaos;

import dev.parley.standalone.chaos.Deeds.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** What somebody does in conversations with one device: writes, reads, and changes what was written with it. */
final class Writing {

    private static final int BURST = 15;
    private static final int MOST_LEFT_UNREAD = 20;

    private final ChaosClient client;
    private final Insistence insistence;
    private final Conversations conversations;
    private final Deeds deeds;
    private final Random random;
    private final List<Sent> unchanged = new ArrayList<>();
    private int sent;

    Writing(ChaosClient client, Conversations conversations, Deeds deeds, Random random) {
        this.client = client;
        this.insistence = new Insistence(client, random);
        this.conversations = conversations;
        this.deeds = deeds;
        this.random = random;
    }

    void send(String conversation) {
        send(conversation, 1);
    }

    /** Does not wait for answers in between: more than the server lets through at once. */
    void flood(String conversation) {
        client.note("floods " + conversation);
        send(conversation, BURST);
    }

    private void send(String conversation, int count) {
        List<Map<String, String>> messages = Stream.generate(() -> client + "-" + ++sent)
                .limit(count)
                .map(text -> Map.of("conversationId", conversation, "text", text, "tempId", text))
                .toList();
        insistence.insistOnAll(
                "send_message",
                messages,
                (message, ack) -> unchanged.add(
                        deeds.sent(conversation, client.user().id(), message.get("text"), ack.path("message"))));
    }

    void read(String conversation) {
        List<ConversationLog.Entry> known = client.knowledge().entries(conversation);
        if (!known.isEmpty()) {
            int unread = random.nextInt(Math.min(known.size(), MOST_LEFT_UNREAD));
            ConversationLog.Entry upTo = known.get(known.size() - 1 - unread);
            insistence.insist("mark_read", Map.of("conversationId", conversation, "messageId", upTo.id()));
            deeds.read(conversation, client.user().id(), upTo);
        }
    }

    /** Each message once: what is done again because its answer was lost may also be done late. */
    void change(boolean edit) {
        List<Sent> here = unchanged.stream()
                .filter(one -> conversations.has(one.conversationId(), client.user()))
                .toList();
        if (here.isEmpty()) {
            return;
        }
        Sent message = here.get(random.nextInt(here.size()));
        unchanged.remove(message);
        if (edit) {
            String text = message.text() + " (edited)";
            insistence.insist("update_message", Map.of("messageId", message.messageId(), "text", text));
            deeds.edited(message, text);
        } else {
            insistence.insist("delete_message", Map.of("messageId", message.messageId()));
            deeds.deleted(message);
        }
    }
}
