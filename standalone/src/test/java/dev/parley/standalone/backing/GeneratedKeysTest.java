package dev.parley.standalone.backing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class GeneratedKeysTest {

    @TempDir
    Path folder;

    private SecretFiles secrets;

    @BeforeEach
    void start() {
        secrets = new SecretFiles(folder);
    }

    @Test
    void wrapTheSigningKeysWhereNoOtherKeyIsConfigured() {
        assertThat(keys(Map.of()).ofAuth())
                .containsExactly("--parley.auth.signing.wrapping-key=" + secrets.signingWrappingKey());
    }

    @Test
    void giveWayToAWrappingKeyOfTheEnvironmentAndStillOpenWhatTheyWrapped() {
        assertThat(keys(Map.of("PARLEY_AUTH_SIGNING_WRAPPINGKEY", "configured")).ofAuth())
                .containsExactly("--parley.auth.signing.former-wrapping-keys=" + secrets.signingWrappingKey());
    }

    @Test
    void wrapTheKeyByWhichPushServicesKnowThePlatform() {
        assertThat(keys(Map.of()).ofNotification())
                .containsExactly("--parley.notification.web-push.wrapping-key=" + secrets.vapidWrappingKey());
        assertThat(keys(Map.of("PARLEY_NOTIFICATION_WEBPUSH_WRAPPINGKEY", "configured"))
                        .ofNotification())
                .containsExactly("--parley.notification.web-push.former-wrapping-keys=" + secrets.vapidWrappingKey());
    }

    @Test
    void sealContentsOnlyWhereEncryptionIsOnAndNoOtherKeyIsConfigured() {
        assertThat(keys(Map.of()).ofContents()).isEmpty();
        assertThat(keys(Map.of("PARLEY_ENCRYPTION_MODE", "none")).ofContents()).isEmpty();
        assertThat(keys(Map.of("PARLEY_ENCRYPTION_MODE", "server", "PARLEY_ENCRYPTION_MASTERKEYS_FIRST", "key"))
                        .ofContents())
                .isEmpty();

        assertThat(keys(Map.of("PARLEY_ENCRYPTION_MODE", "server")).ofContents())
                .containsExactly("--parley.encryption.master-keys.generated=" + secrets.masterKey());
    }

    @Test
    void stillOpenWhatTheySealedWhenEncryptionIsSwitchedOffOrHasAnotherKey() {
        String generated = "--parley.encryption.master-keys.generated=" + secrets.masterKey();

        assertThat(keys(Map.of()).ofContents()).containsExactly(generated);
        assertThat(keys(Map.of("PARLEY_ENCRYPTION_MODE", "server", "PARLEY_ENCRYPTION_MASTERKEYS_FIRST", "key"))
                        .ofContents())
                .containsExactly(generated);
    }

    @Test
    void signAddressesOfFilesWhereNoOtherKeyIsConfigured() {
        assertThat(keys(Map.of()).ofFiles()).containsExactly("--parley.files.url-keys=" + secrets.fileUrlKey());
        assertThat(keys(Map.of("PARLEY_FILES_URLKEYS", "")).ofFiles()).hasSize(1);
        assertThat(keys(Map.of("PARLEY_FILES_URLKEYS", "first,second")).ofFiles())
                .isEmpty();
        assertThat(keys(Map.of("PARLEY_FILES_URLKEYS_0", "first")).ofFiles()).isEmpty();
    }

    private GeneratedKeys keys(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        return new GeneratedKeys(secrets, environment);
    }
}
