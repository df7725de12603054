package dev.parley.conversation;

import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
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

    private record Outcomes(Timer ok, Timer refused, Timer failed, Timer aborted) {

        private static Outcomes of(MeterRegistry meters, Question question) {
            return new Outcomes(
                    timer(meters, question, "ok"),
                    timer(meters, question, "refused"),
                    timer(meters, question, "failed"),
                    timer(meters, question, "aborted"));
        }

        private static Timer timer(MeterRegistry meters, Question question, String outcome) {
            return Timer.builder("parley.conversations.answers")
                    .description("How long an answer took")
                    .tag("for", question.tag)
                    .tag("outcome", outcome)
                    .publishPercentileHistogram()
                    .register(meters);
        }

        private Timer of(Throwable failure) {
            return failure instanceof ApiException refusal && refusal.code().isRefusal() ? refused : failed;
        }
    }

    private final Map<Question, Outcomes> timers = new EnumMap<>(Question.class);

    AnswerTimers(MeterRegistry meters) {
        for (Question question : Question.values()) {
            timers.put(question, Outcomes.of(meters, question));
        }
    }

    /** Times an answer from the subscription to its end. */
    public <T> Mono<T> time(Question question, Mono<T> answer) {
        Outcomes outcomes = Objects.requireNonNull(timers.get(question));
        return Mono.defer(() -> {
            Timer.Sample sample = Timer.start();
            return answer.doOnSuccess(given -> sample.stop(outcomes.ok()))
                    .doOnError(failure -> sample.stop(outcomes.of(failure)))
                    .doOnCancel(() -> sample.stop(outcomes.aborted()));
        });
    }
}
