package dev.parley.platform.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.platform.error.ApiException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicEndpointsTest {

    private final PublicEndpoints endpoints = new PublicEndpoints(false);

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
                "push"
            })
    void refusesWhatIsNotPublic(String address) {
        assertThat(catchThrowableOfType(ApiException.class, () -> endpoints.find(address))
                        .code())
                .isEqualTo(FetchError.NOT_ALLOWED);
    }

    @Test
    void tellsTheNameAndTheVeryAddressToConnectTo() throws UnknownHostException {
        PublicEndpoint found = new PublicEndpoints(
                        false,
                        host -> new InetAddress[] {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("8.8.4.4")},
                        PublicAddresses::contain)
                .find("https://push.example/a?b=c");

        assertThat(found.uri()).hasToString("https://push.example/a?b=c");
        assertThat(found.isSecure()).isTrue();
        assertThat(found.at().getHostString()).isEqualTo("push.example");
        assertThat(found.at().getAddress().getHostAddress()).isEqualTo("8.8.8.8");
        assertThat(found.at().getPort()).isEqualTo(443);
    }

    @Test
    void refusesAHostOfWhichOneAddressIsPrivate() {
        PublicEndpoints both = new PublicEndpoints(
                false,
                host -> new InetAddress[] {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")},
                PublicAddresses::contain);

        assertThat(catchThrowableOfType(ApiException.class, () -> both.find("https://push.example/"))
                        .code())
                .isEqualTo(FetchError.NOT_ALLOWED);
    }

    @Test
    void checksTheFormWithoutLookingAnythingUp() {
        assertThat(endpoints.check("https://nowhere.invalid/push")).hasToString("https://nowhere.invalid/push");
        assertThat(catchThrowableOfType(ApiException.class, () -> endpoints.check("http://nowhere.invalid/push"))
                        .code())
                .isEqualTo(FetchError.NOT_ALLOWED);
    }
}
