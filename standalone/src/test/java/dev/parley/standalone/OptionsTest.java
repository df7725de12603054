package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void thereIsOnePresenceNodeUnlessMoreAreAskedFor() {
        assertThat(of().presenceNodes()).isEqualTo(1);
        assertThat(of("--presence-nodes", "3").presenceNodes()).isEqualTo(3);
        assertThat(of("--presence-nodes=8", "--port", "0").presenceNodes()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "-1", "two", ""})
    void refusesANumberOfPresenceNodesThatItCannotRun(String number) {
        assertThatThrownBy(() -> of("--presence-nodes", number))
                .isInstanceOf(Refusal.class)
                .hasMessage("--presence-nodes takes a number from 1 to 8, not '" + number + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http"})
    void refusesAPortThatIsNone(String port) {
        assertThatThrownBy(() -> of("--port", port))
                .isInstanceOf(Refusal.class)
                .hasMessage("--port takes a number from 1 to 65535, not '" + port + "'");
    }

    private static Options of(String... arguments) {
        return Options.of(arguments, Map.of());
    }
}
