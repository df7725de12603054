package dev.parley.standalone.chaos;

import dev.parley.platform.test.RecoveringClient;
import dev.parley.standalone.ChatUser;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** A device in a bad network: it loses its connection, comes back, and does again what was not acknowledged. */
final class ChaosClient {

    /** Within this the server must have answered, on a loaded machine too. */
    private static final long LONGEST_ANSWER_SECONDS = 30;

    private static final int LONGEST_AWAY_MILLIS = 1_000;
    private static final int LONG_AWAY_MILLIS = 8_000;
    private static final int RETRY_MILLIS = 200;

    private final String name;
    private final ChatUser user;
    private final int port;
    private final Random random;
    private final RecoveringClient socket;
    private final Knowledge knowledge = new Knowledge();
    private final List<String> diary = new CopyOnWriteArrayList<>();
    private final long born = System.nanoTime();

    ChaosClient(String name, ChatUser user, Random random) {
        this.name = name;
        this.user = user;
        this.port = URI.create(user.baseUrl()).getPort();
        this.random = random;
        this.socket = new RecoveringClient(user.accessToken(), knowledge::hear);
    }

    ChatUser user() {
        return user;
    }

    Knowledge knowledge() {
        return knowledge;
    }

    RecoveringClient socket() {
        return socket;
    }

    /** Returns when it is connected and knows all that it should. */
    void comeBack() {
        while (!socket.isConnected() || knowledge.mustLoad()) {
            if (!socket.isConnected()) {
                connect();
            } else {
                load();
            }
        }
    }

    private void connect() {
        boolean forgets = socket.offset() != null && random.nextInt(12) == 0;
        if (forgets) {
            socket.offset("nonsense");
        }
        try {
            socket.connect(port);
            note((socket.isRecovered() ? "recovered" : "connected") + (forgets ? " with a wrong offset" : ""));
        } catch (CompletionException notYet) {
            note("not connected: " + notYet.getCause());
            socket.cut();
            pause(RETRY_MILLIS);
        }
    }

    /** As a client does that cannot be told what it missed. */
    private void load() {
        try {
            for (JsonNode conversation : user.get("/api/v1/conversations").path("data")) {
                String id = conversation.path("id").asString();
                List<JsonNode> missed = History.missed(this, id, knowledge.lastSeq(id));
                knowledge.load(conversation, missed, History.of(user, id));
            }
            knowledge.endLoading();
            note("loaded");
        } catch (CompletionException lostAgain) {
            note("did not load: " + lostAgain.getCause());
        }
    }

    /** Asks once. Fails with a {@link CompletionException} if the connection is lost before the answer. */
    JsonNode ask(String event, Map<String, ?> argument) {
        return socket.asking(event, argument)
                .orTimeout(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Asks until it was done; now and then the answer is lost. */
    JsonNode insist(String event, Map<String, ?> argument) {
        while (true) {
            comeBack();
            boolean losesTheAnswer = random.nextInt(10) == 0;
            var asking = socket.asking(event, argument);
            if (losesTheAnswer) {
                pause(random.nextInt(40));
                cut();
            }
            try {
                JsonNode ack = asking.orTimeout(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS)
                        .join();
                if (ack.path("success").asBoolean()) {
                    return ack;
                }
                refused(event, argument, ack);
            } catch (CompletionException unanswered) {
                if (socket.isConnected()) {
                    throw new AssertionError(this + ": no answer to " + event + " " + argument, unanswered);
                }
                note("no answer to " + event);
            }
        }
    }

    /** Only what passes may be refused. */
    private void refused(String event, Map<String, ?> argument, JsonNode ack) {
        note("refused: " + event + " " + ack);
        if (!ack.path("code").asString().matches("service\\.unavailable|message\\.(conversation-)?busy")) {
            throw new AssertionError(this + ": " + event + " " + argument + ": " + ack);
        }
        pause(Math.max(RETRY_MILLIS, 1_000 * ack.path("retryAfter").asInt(0)));
    }

    /** The network breaks. */
    void cut() {
        note("cut, with seqs up to "
                + knowledge.conversations().stream()
                        .map(id -> id.substring(id.length() - 4) + ":" + knowledge.lastSeq(id))
                        .toList());
        socket.cut();
        pause(random.nextInt(random.nextInt(8) == 0 ? LONG_AWAY_MILLIS : LONGEST_AWAY_MILLIS));
    }

    void pause(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    void note(String what) {
        diary.add("%.2f s %s"
                .formatted(
                        (System.nanoTime() - born)
                                / (double) Duration.ofSeconds(1).toNanos(),
                        what));
    }

    /** What befell it. */
    List<String> diary() {
        return List.copyOf(diary);
    }

    @Override
    public String toString() {
        return name;
    }
}
