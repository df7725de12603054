package dev.parley.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Whoever is told of a trace id finds it in the log. */
@ExtendWith(OutputCaptureExtension.class)
class ErrorTranslationTest {

    static Stream<Throwable> failuresOfOurs() {
        return Stream.of(
                new IllegalStateException("broken"),
                new TimeoutException("late"),
                new ResponseStatusException(HttpStatus.I_AM_A_TEAPOT));
    }

    @ParameterizedTest
    @MethodSource("failuresOfOurs")
    void aFailureOutsideOfARequestIsLoggedUnderAnIdThatCanBeTold(Throwable failure, CapturedOutput log) {
        ApiException told = ErrorTranslation.translate(failure);

        assertThat(told.traceId()).isNotBlank();
        assertThat(log.getAll()).contains("[" + told.traceId() + "]").doesNotContain("[null]");
    }

    @ParameterizedTest
    @MethodSource("failuresOfOurs")
    void aFailureOfARequestIsLoggedUnderItsId(Throwable failure, CapturedOutput log) {
        ApiException told = ErrorTranslation.translate(failure, "request-1");

        assertThat(told.traceId()).isEqualTo("request-1");
        assertThat(log.getAll()).contains("[request-1]");
    }

    @ParameterizedTest
    @MethodSource("failuresOfOurs")
    void whatWasTranslatedOnceKeepsItsId(Throwable failure) {
        ApiException once = ErrorTranslation.translate(failure);

        assertThat(ErrorTranslation.translate(once)).isSameAs(once);
        assertThat(ErrorTranslation.translate(once, "another")).isSameAs(once);
    }

    @Test
    void aRefusalIsNotLogged(CapturedOutput log) {
        ApiException refusal = ApiException.of(PlatformError.FORBIDDEN, "Not allowed");

        assertThat(ErrorTranslation.translate(refusal).traceId()).isNull();
        assertThat(log.getAll()).isEmpty();
    }
}
