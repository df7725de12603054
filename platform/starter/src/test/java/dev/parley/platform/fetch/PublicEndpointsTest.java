package dev.parley.platform.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.fetch.PublicEndpoints.EndpointRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class PublicEndpointsTest {

    private final PublicEndpoints endpoints = new PublicEndpoints(false);

    @AfterEach
    void close() {
        endpoints.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/push",
                "https://169.254.169.254/latest",
                "https://10.1.2.3:8443/push",
                "https://[::1]/push",
                "https://[::ffff:192.168.0.1]/push",
                "http://8.8.8.8/push",
                "https://user@8.8.8.8/push",
                "wss://8.8.8.8/push",
                "https://localhost/push",
                "push"
            })
    void refusesWhatIsNotPublic(String address) {
        assertThat(refusalOf(endpoints, address)).isEqualTo(FetchError.NOT_ALLOWED);
    }

    @Test
    void tellsTheNameAndTheVeryAddressToConnectTo() {
        PublicEndpoint found =
                at("8.8.8.8", "8.8.4.4").find("https://push.example/a?b=c").block();

        assertThat(found.uri()).hasToString("https://push.example/a?b=c");
        assertThat(found.isSecure()).isTrue();
        assertThat(found.at().getHostString()).isEqualTo("push.example");
        assertThat(found.at().getAddress().getHostAddress()).isEqualTo("8.8.8.8");
        assertThat(found.at().getPort()).isEqualTo(443);
        assertThat(endpoints.find("https://8.8.8.8:8443/").block().at()).hasToString("8.8.8.8/8.8.8.8:8443");
    }

    @Test
    void refusesAHostOfWhichOneAddressIsPrivate() {
        assertThat(refusalOf(at("8.8.8.8", "10.0.0.1"), "https://push.example/"))
                .isEqualTo(FetchError.NOT_ALLOWED);
    }

    @Test
    void knowsNoHostWithoutAnAddress() {
        assertThatThrownBy(() -> at().find("https://push.example/").block())
                .hasCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void checksTheFormWithoutLookingAnythingUp() {
        assertThat(endpoints.check("https://nowhere.invalid/push")).hasToString("https://nowhere.invalid/push");
        assertThat(catchThrowableOfType(ApiException.class, () -> endpoints.check("http://nowhere.invalid/push"))
                        .code())
                .isEqualTo(FetchError.NOT_ALLOWED);
    }

    private static Object refusalOf(PublicEndpoints endpoints, String address) {
        return catchThrowableOfType(
                        ApiException.class, () -> endpoints.find(address).block())
                .code();
    }

    /** Where every host has these addresses. */
    private static PublicEndpoints at(String... addresses) {
        List<InetAddress> all =
                Stream.of(addresses).map(PublicEndpointsTest::address).toList();
        return new PublicEndpoints(
                new EndpointRules(false, PublicAddresses::contain), host -> Mono.just(all), () -> {});
    }

    private static InetAddress address(String figures) {
        try {
            return InetAddress.getByName(figures);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
