package dev.parley.standalone.chaos;

import dev.parley.standalone.chaos.Deeds.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What somebody does with a device: writes, reads, changes what was written with it, and loses the connection. */
final class Behaviour implements Runnable {

    private static final int LONGEST_PAUSE_MILLIS = 1_200;
    private static final int LONGEST_WITHOUT_READING_MILLIS = 3_000;

    private final ChaosClient client;
    private final Deeds deeds;
    private final Random random;
    private final Set<String> leftAlone;
    private final AtomicBoolean over;
    private final List<Sent> unchanged = new ArrayList<>();
    private int sent;
    private volatile @Nullable CountDownLatch readsNothingUntil;
    private volatile boolean readsNothing;

    /** @param leftAlone conversations in which it does nothing */
    Behaviour(ChaosClient client, Deeds deeds, Random random, Set<String> leftAlone, AtomicBoolean over) {
        this.client = client;
        this.deeds = deeds;
        this.random = random;
        this.leftAlone = leftAlone;
        this.over = over;
    }

    /** From its next step on it reads nothing until this is over. */
    void readNothingUntil(CountDownLatch end) {
        readsNothingUntil = end;
    }

    /** Whether it has come to that. */
    boolean hasStoppedReading() {
        return readsNothing;
    }

    /** Returns when all is over, and it is connected and has done all that it began. */
    @Override
    public void run() {
        while (!over.get()) {
            step();
            client.pause(random.nextInt(LONGEST_PAUSE_MILLIS));
        }
        client.comeBack();
        client.note("done");
    }

    private void step() {
        CountDownLatch end = readsNothingUntil;
        if (end != null) {
            client.comeBack();
            withoutReading(end);
            readsNothingUntil = null;
            return;
        }
        client.comeBack();
        List<String> conversations = client.knowledge().conversations().stream()
                .filter(id -> !leftAlone.contains(id))
                .sorted()
                .toList();
        if (conversations.isEmpty()) {
            return;
        }
        String conversation = conversations.get(random.nextInt(conversations.size()));
        int choice = random.nextInt(100);
        if (choice < 55) {
            send(conversation);
        } else if (choice < 72) {
            read(conversation);
        } else if (choice < 82) {
            change(choice < 78);
        } else if (choice < 84) {
            readsNothing();
        } else if (choice < 92) {
            client.cut();
        }
    }

    private void send(String conversation) {
        String text = client + "-" + ++sent;
        var ack = client.insist("send_message", Map.of("conversationId", conversation, "text", text, "tempId", text));
        unchanged.add(deeds.sent(conversation, client.user().id(), text, ack.path("message")));
    }

    private void read(String conversation) {
        List<ConversationLog.Entry> known = client.knowledge().entries(conversation);
        if (!known.isEmpty()) {
            ConversationLog.Entry upTo = known.get(known.size() - 1 - random.nextInt(Math.min(known.size(), 20)));
            client.insist("mark_read", Map.of("conversationId", conversation, "messageId", upTo.id()));
            deeds.read(conversation, client.user().id(), upTo);
        }
    }

    /** Each message once: what is done again because its answer was lost may also be done late. */
    private void change(boolean edit) {
        if (unchanged.isEmpty()) {
            return;
        }
        Sent message = unchanged.remove(random.nextInt(unchanged.size()));
        if (edit) {
            String text = message.text() + " (edited)";
            client.insist("update_message", Map.of("messageId", message.messageId(), "text", text));
            deeds.edited(message, text);
        } else {
            client.insist("delete_message", Map.of("messageId", message.messageId()));
            deeds.deleted(message);
        }
    }

    private void readsNothing() {
        client.note("stops reading");
        client.socket().stopReading();
        client.pause(random.nextInt(LONGEST_WITHOUT_READING_MILLIS));
        client.socket().readOn();
    }

    private void withoutReading(CountDownLatch end) {
        client.note("stops reading for long");
        client.socket().stopReading();
        readsNothing = true;
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        readsNothing = false;
        client.socket().readOn();
        client.note("reads on");
    }
}
