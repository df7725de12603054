package dev.parley.standalone.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** How a device asks: again and again, until what it wants was acknowledged. */
final class Insistence {

    /** Answers after which it is to be tried again. */
    static final Set<String> PASSES = Set.of(
            "service.unavailable",
            "request.rate-limited",
            "message.busy",
            "message.conversation-busy",
            "conversation.busy",
            "socket.overloaded");

    /** One in so many. */
    private static final int LOST_ANSWERS = 10;

    private static final int LONGEST_PATIENCE_MILLIS = 40;

    private final ChaosClient client;
    private final Random random;

    Insistence(ChaosClient client, Random random) {
        this.client = client;
        this.random = random;
    }

    /** Asks until it was done; now and then the answer is lost. */
    void insist(String event, Map<String, String> argument) {
        insistOnAll(event, List.of(argument), (same, ack) -> {});
    }

    /** Asks for all of it at once, and again for what was not done, until all is done; now and then answers are lost. */
    void insistOnAll(
            String event, List<Map<String, String>> arguments, BiConsumer<Map<String, String>, JsonNode> whenDone) {
        List<Map<String, String>> left = arguments;
        while (!left.isEmpty()) {
            client.comeBack();
            List<CompletableFuture<JsonNode>> answers = left.stream()
                    .map(argument -> client.socket()
                            .asking(event, argument)
                            .orTimeout(ChaosClient.LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS))
                    .toList();
            if (random.nextInt(LOST_ANSWERS) == 0) {
                client.pause(random.nextInt(LONGEST_PATIENCE_MILLIS));
                client.cut();
            }
            List<Map<String, String>> again = new ArrayList<>();
            int patience = 0;
            for (int i = 0; i < answers.size(); i++) {
                JsonNode ack = answer(event, left.get(i), answers.get(i));
                if (ack.path("success").asBoolean()) {
                    whenDone.accept(left.get(i), ack);
                } else {
                    again.add(left.get(i));
                    patience = Math.max(patience, ack.path("retryAfter").asInt(0));
                }
            }
            if (!again.isEmpty()) {
                client.note(again.size() + " not done: " + event);
                client.pause(Math.max(ChaosClient.RETRY_MILLIS, 1_000 * patience));
            }
            left = again;
        }
    }

    /** Only what passes may be the reason for a refusal. */
    static void requireGoodOrPassing(JsonNode ack, String question) {
        if (!ack.path("success").asBoolean()
                && !PASSES.contains(ack.path("code").asString())) {
            throw new AssertionError(question + ": " + ack);
        }
    }

    /** @return missing if none came before the connection was lost */
    private JsonNode answer(String event, Map<String, String> argument, CompletableFuture<JsonNode> answer) {
        try {
            JsonNode ack = answer.join();
            requireGoodOrPassing(ack, client + ": " + event + " " + argument);
            return ack;
        } catch (CompletionException unanswered) {
            if (unanswered.getCause() instanceof TimeoutException) {
                throw new AssertionError(client + ": no answer to " + event + " " + argument, unanswered);
            }
            return MissingNode.getInstance();
        }
    }
}
