package dev.parley.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.surface.ThingsService;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** What a service says that cannot start. What it says without its store or its broker is tested where there are some. */
@ExtendWith(OutputCaptureExtension.class)
class StartTest {

    @Test
    void saysThatItsPortIsTaken(CapturedOutput output) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String[] arguments =
                    ThingsService.arguments("--server.address=127.0.0.1", "--server.port=" + taken.getLocalPort());

            assertThatThrownBy(() -> ThingsService.program().run(arguments)).isInstanceOf(RuntimeException.class);

            assertThat(output)
                    .contains("cannot start: port " + taken.getLocalPort()
                            + " is taken; end what listens there, or set PORT to another one")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void namesTheSettingThatCannotBe(CapturedOutput output) {
        String[] arguments = ThingsService.arguments("--parley.service-client.max-connections=0");

        assertThatThrownBy(() -> ThingsService.program().run(arguments)).isInstanceOf(RuntimeException.class);

        assertThat(output)
                .contains("cannot start: parley.service-client.max-connections must be positive"
                        + " (PARLEY_SERVICECLIENT_MAXCONNECTIONS)")
                .doesNotContain("\tat ");
    }

    @Test
    void tellsWhoeverStartsItInOneSentenceAndLogsNothing(CapturedOutput output) {
        String[] arguments = ThingsService.arguments("--parley.service-client.max-connections=0");

        assertThatThrownBy(() -> PlatformService.start(ThingsService.program(), arguments))
                .isInstanceOf(StartupException.class)
                .hasMessageEndingWith(" cannot start: parley.service-client.max-connections must be positive"
                        + " (PARLEY_SERVICECLIENT_MAXCONNECTIONS)");
        assertThat(output).doesNotContain("max-connections");
    }

    @Test
    void aCheckNamesAllSettingsThatCannotBeAndShowsNoSecret() {
        String[] arguments = ThingsService.arguments(
                "--parley.service-client.max-connections=0",
                "--parley.security.clock-skew=soon",
                "--parley.encryption.master-keys.first=no-key!");

        assertThat(PlatformService.problemsOf(ThingsService.program(), arguments))
                .containsExactlyInAnyOrder(
                        "parley.service-client.max-connections must be positive (PARLEY_SERVICECLIENT_MAXCONNECTIONS)",
                        "parley.security.clock-skew is 'soon', which is no Duration (PARLEY_SECURITY_CLOCKSKEW)",
                        "parley.encryption.master-keys.first is not Base64 (PARLEY_ENCRYPTION_MASTERKEYS_FIRST)");
    }

    @Test
    void aCheckOfGoodSettingsFindsNothingAndStartsNothing(CapturedOutput output) {
        assertThat(PlatformService.problemsOf(ThingsService.program(), ThingsService.arguments()))
                .isEmpty();
        assertThat(output).doesNotContain("Netty started").doesNotContain("\tat ");
    }

    @Test
    void aServiceThatOthersAskNeedsASecretThatIsHardToGuess() {
        assertThatThrownBy(() -> start("message-service", "")).hasMessage("parley.service-secret is required");
        assertThatThrownBy(() -> start("message-service", "secret"))
                .hasMessage("parley.service-secret must have 16 characters or more, the same for every service");
        assertThatCode(() -> start("message-service", "sixteen letters.")).doesNotThrowAnyException();
        assertThatCode(() -> start("gateway-service", "")).doesNotThrowAnyException();
    }

    private static void start(String name, String secret) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "test", Map.of("spring.config.name", name, "parley.service-secret", secret)));
            new ServiceSecretCheck().initialize(context);
        }
    }
}
