package dev.parley.standalone.chaos;

import dev.parley.platform.test.RecoveringClient;
import dev.parley.standalone.ChatUser;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who chats in one group while parts of the platform are away: writes over the socket and over REST by turns, reads,
 * makes groups, and insists. Whatever is answered late, wrongly or not at all ends it with an error.
 */
final class Chatter implements Runnable {

    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(15);
    private static final Duration LONGEST_ACK = Patience.SOCKET.plus(Patience.MARGIN);
    private static final int NEW_GROUP_EVERY = 40;

    private final ChatUser user;
    private final String group;
    private final Deeds deeds;
    private final Patience patience;
    private final AtomicBoolean over;
    private final RestCaller rest;
    private final RecoveringClient socket;
    private final Knowledge knowledge = new Knowledge();
    private final AtomicInteger done = new AtomicInteger();
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    Chatter(ChatUser user, String group, Deeds deeds, Patience patience, AtomicBoolean over) {
        this.user = user;
        this.group = group;
        this.deeds = deeds;
        this.patience = patience;
        this.over = over;
        this.rest = new RestCaller(user, patience);
        this.socket = new RecoveringClient(user.accessToken(), knowledge::hear);
    }

    ChatUser user() {
        return user;
    }

    Knowledge knowledge() {
        return knowledge;
    }

    /** How much was acknowledged so far. */
    int done() {
        return done.get();
    }

    /** The groups that it made. */
    Set<String> made() {
        return new TreeSet<>(made);
    }

    void close() {
        socket.close();
    }

    /** Returns when all is over, all that it began is done, and it knows what it should. */
    @Override
    public void run() {
        for (int step = 1; !over.get(); step++) {
            String text = user.displayName() + "-" + step;
            if (step % NEW_GROUP_EVERY == 0) {
                makeGroup(text);
            } else if (step % 2 == 0) {
                sendOverRest(text);
            } else {
                sendOverSocket(text);
            }
            if (step % 5 == 0) {
                look();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        comeBack();
    }

    private void sendOverSocket(String text) {
        JsonNode ack = insist("send_message", Map.of("conversationId", group, "text", text, "tempId", text));
        deeds.sent(group, user.id(), text, ack.path("message"));
        done.incrementAndGet();
    }

    private void sendOverRest(String text) {
        JsonNode message =
                rest.post("/api/v1/conversations/" + group + "/messages", Map.of("text", text, "tempId", text), null);
        deeds.sent(group, user.id(), text, message);
        done.incrementAndGet();
    }

    private void makeGroup(String name) {
        JsonNode created =
                rest.post("/api/v1/conversations/group", Map.of("name", name, "participantIds", List.of()), name);
        made.add(created.path("id").asString());
        done.incrementAndGet();
    }

    /** Needs each of the services. */
    private void look() {
        rest.get("/api/v1/users/me");
        rest.get("/api/v1/users/" + user.id() + "/last-seen");
        rest.get("/api/v1/conversations?limit=20");
        JsonNode newest = rest.get("/api/v1/conversations/" + group + "/messages?limit=1")
                .path("data")
                .path(0);
        if (!newest.isMissingNode()) {
            insist(
                    "mark_read",
                    Map.of(
                            "conversationId",
                            group,
                            "messageId",
                            newest.path("id").asString()));
        }
        insist("get_typing_users", Map.of("conversationId", group));
    }

    private JsonNode insist(String event, Map<String, String> argument) {
        while (true) {
            comeBack();
            JsonNode ack = once(event, argument);
            if (ack != null && ack.path("success").asBoolean(true)) {
                return ack;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** @return null if the connection was lost, or does not answer because what holds it is away */
    private JsonNode once(String event, Map<String, ?> argument) {
        long start = System.nanoTime();
        try {
            JsonNode ack = socket.asking(event, argument)
                    .orTimeout(LONGEST_ACK.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            if (!ack.path("success").asBoolean(true)
                    && !Insistence.PASSES.contains(ack.path("code").asString())) {
                throw new AssertionError(user.displayName() + ": " + event + " " + argument + ": " + ack);
            }
            return ack;
        } catch (CompletionException unanswered) {
            if (unanswered.getCause() instanceof TimeoutException && !patience.excusesSocket(start)) {
                throw new AssertionError(user.displayName() + ": no answer to " + event + " " + argument, unanswered);
            }
            if (unanswered.getCause() instanceof TimeoutException) {
                socket.cut();
            }
            return null;
        }
    }

    /** Returns when it is connected and knows all that it should. */
    private void comeBack() {
        while (!socket.isConnected() || knowledge.mustLoad()) {
            if (socket.isConnected()) {
                load();
            } else {
                connect();
            }
        }
    }

    private void connect() {
        try {
            socket.begin(URI.create(user.baseUrl()).getPort())
                    .orTimeout(LONGEST_CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            if (!socket.isRecovered()) {
                knowledge.mustLoadAgain();
            }
        } catch (CompletionException notYet) {
            socket.cut();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** As a client does that cannot be told what it missed. */
    private void load() {
        for (JsonNode conversation : rest.get("/api/v1/conversations").path("data")) {
            String id = conversation.path("id").asString();
            List<JsonNode> missed = missed(id, knowledge.lastSeq(id));
            if (missed == null) {
                return;
            }
            knowledge.load(conversation, missed, List.of());
        }
        knowledge.endLoading();
    }

    /** @return null if the connection was lost */
    private List<JsonNode> missed(String conversation, long afterSeq) {
        List<JsonNode> all = new ArrayList<>();
        long last = afterSeq;
        while (true) {
            JsonNode ack = once("get_missed", Map.of("conversationId", conversation, "afterSeq", last));
            if (ack == null) {
                return null;
            }
            if (!ack.path("success").asBoolean()) {
                LockSupport.parkNanos(PAUSE.toNanos());
                continue;
            }
            ack.path("messages").forEach(all::add);
            if (!ack.path("hasMore").asBoolean()) {
                return all;
            }
            last = all.get(all.size() - 1).path("seq").asLong();
        }
    }

    /** All that is stored of the group, the oldest first. */
    List<JsonNode> history() {
        return user.wholeHistory(group);
    }
}
