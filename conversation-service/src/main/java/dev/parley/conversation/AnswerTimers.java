package dev.parley.conversation;

import dev.parley.platform.metrics.OutcomeTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Measures how long the answers take that clients and other services ask for most. */
@Component
public final class AnswerTimers {

    /** What is answered. */
    public enum Question {
        /** The conversations of a user. */
        LIST("list"),
        /** What a user has not read, in all conversations. */
        UNREAD("unread"),
        /** What a user may do in one conversation. */
        ACCESS("access");

        private final String tag;

        Question(String tag) {
            this.tag = tag;
        }
    }

    private final Map<Question, OutcomeTimer> timers = new EnumMap<>(Question.class);

    AnswerTimers(MeterRegistry meters) {
        for (Question question : Question.values()) {
            timers.put(
                    question,
                    new OutcomeTimer(
                            meters, "parley.conversations.answers", "How long an answer took", "for", question.tag));
        }
    }

    /** Times an answer from the subscription to its end. */
    public <T> Mono<T> time(Question question, Mono<T> answer) {
        return Objects.requireNonNull(timers.get(question)).time(answer);
    }
}
