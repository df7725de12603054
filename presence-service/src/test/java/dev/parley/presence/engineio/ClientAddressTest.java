package dev.parley.presence.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class ClientAddressTest {

    private static final InetSocketAddress PEER = new InetSocketAddress("10.0.0.7", 4711);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "203.0.113.9; 1; 203.0.113.9",
                "6.6.6.6, 203.0.113.9; 1; 203.0.113.9",
                "6.6.6.6, 203.0.113.9, 10.0.0.1; 2; 203.0.113.9",
                "203.0.113.9; 3; 203.0.113.9",
                "203.0.113.9; 0; 10.0.0.7",
                "2001:db8:1:2:3:4:5:6; 1; 20010db800010002",
                "2001:db8:1:2:ffff::1; 1; 20010db800010002",
                "::ffff:203.0.113.9; 1; 203.0.113.9",
                "nonsense; 1; unknown",
                "example.org; 1; unknown"
            })
    void isWhatTheNearestTrustedProxySaw(String forwarded, int trustedHops, String address) {
        MockServerHttpRequest request = MockServerHttpRequest.get("/socket.io/")
                .header("X-Forwarded-For", forwarded)
                .remoteAddress(PEER)
                .build();

        assertThat(ClientAddress.of(request, trustedHops)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void isThePeerWithoutAProxy(int trustedHops) {
        MockServerHttpRequest request =
                MockServerHttpRequest.get("/").remoteAddress(PEER).build();

        assertThat(ClientAddress.of(request, trustedHops)).isEqualTo("10.0.0.7");
    }
}
