package dev.parley.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"0, PT2S", "1, PT2S", "2, PT4S", "3, PT8S", "4, PT16S", "5, PT30S", "40, PT30S", "2147483647, PT30S"})
    void doublesUpToTheLongestTime(int tries, Duration delay) {
        assertThat(Backoff.after(tries, Duration.ofSeconds(2), Duration.ofSeconds(30)))
                .isEqualTo(delay);
    }
}
