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

/** A device in a bad network: it loses its connection, and comes back. */
final class ChaosClient {

    /** Within this the server must have answered, on a loaded machine too. */
    static final long LONGEST_ANSWER_SECONDS = 30;

    private static final int LONGEST_AWAY_MILLIS = 1_000;
    private static final int LONG_AWAY_MILLIS = 8_000;
    static final int RETRY_MILLIS = 200;

    private final String name;
    private final ChatUser user;
    private final int port;
    private final boolean polls;
    private final Random random;
    private final RecoveringClient socket;
    private final Knowledge knowledge = new Knowledge();
    private final List<String> diary = new CopyOnWriteArrayList<>();
    private final long born = System.nanoTime();

    ChaosClient(String name, ChatUser user, Random random, String... transports) {
        this.name = name + List.of(transports);
        this.user = user;
        this.port = URI.create(user.baseUrl()).getPort();
        this.random = random;
        this.polls = !List.of(transports).contains("websocket");
        this.socket = new RecoveringClient(user.accessToken(), knowledge::hear, transports);
    }

    /** Whether it never has a WebSocket. */
    boolean polls() {
        return polls;
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
            if (!socket.isRecovered()) {
                knowledge.mustLoadAgain();
            }
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
            for (JsonNode conversation : user.fetch("/api/v1/conversations").path("data")) {
                String id = conversation.path("id").asString();
                List<JsonNode> missed = History.missed(this, id, knowledge.lastSeq(id));
                knowledge.load(conversation, missed, user.wholeHistory(id));
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

    /** Returns when it has just had an answer: the connection is there, whatever the client believes. */
    void proveConnected() {
        while (true) {
            comeBack();
            try {
                ask("get_online_users", Map.of("userIds", List.of(user.id())));
                return;
            } catch (CompletionException lost) {
                note("was not connected");
            }
        }
    }

    /** The network breaks, and stays so for a while. */
    void cut() {
        lose();
        pause(random.nextInt(random.nextInt(8) == 0 ? LONG_AWAY_MILLIS : LONGEST_AWAY_MILLIS));
    }

    /** The network breaks. */
    void lose() {
        note("cut, with seqs up to "
                + knowledge.conversations().stream()
                        .map(id -> id.substring(id.length() - 4) + ":" + knowledge.lastSeq(id))
                        .toList());
        socket.cut();
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
