package dev.parley.standalone.backing;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The settings with which services get the keys that were made for them. A key that is configured in another way wins. The
 * generated one is then still there for what was encrypted under it.
 */
public final class GeneratedKeys {

    private static final String SIGNING = "parley.auth.signing";
    private static final String WEB_PUSH = "parley.notification.web-push";
    private static final String WRAPPING_KEY = ".wrapping-key";
    private static final String FORMER_WRAPPING_KEYS = ".former-wrapping-keys";
    private static final String MASTER_KEYS = "parley.encryption.master-keys";
    private static final String FILE_URL_KEYS = "parley.files.url-keys";
    private static final String MODE = "parley.encryption.mode";

    /** The id of the generated master key. */
    private static final String GENERATED = "generated";

    private final Binder configured;
    private final SecretFiles secrets;

    /** @param environment what else configures the services */
    public GeneratedKeys(SecretFiles secrets, ConfigurableEnvironment environment) {
        ConfigurationPropertySources.attach(environment);
        this.configured = Binder.get(environment);
        this.secrets = secrets;
    }

    /** For auth-service alone. */
    public List<String> ofAuth() {
        return List.of(wrapping(SIGNING, secrets.signingWrappingKey()));
    }

    /** For notification-service alone. */
    public List<String> ofNotification() {
        return List.of(wrapping(WEB_PUSH, secrets.vapidWrappingKey()));
    }

    private String wrapping(String prefix, String key) {
        boolean isConfigured = !text(prefix + WRAPPING_KEY).isBlank();
        return "--" + prefix + (isConfigured ? FORMER_WRAPPING_KEYS : WRAPPING_KEY) + "=" + key;
    }

    /** For the services that read contents. */
    public List<String> ofContents() {
        List<String> settings = new ArrayList<>();
        boolean needed = text(MODE).equalsIgnoreCase("server")
                && !configured
                        .bind(MASTER_KEYS, Bindable.mapOf(String.class, String.class))
                        .isBound();
        if (needed || secrets.hasMasterKey()) {
            settings.add("--" + MASTER_KEYS + "." + GENERATED + "=" + secrets.masterKey());
        }
        return settings;
    }

    /** For the services that show files. A new key takes away the addresses of before, which live for a day anyway. */
    public List<String> ofFiles() {
        List<String> keys =
                configured.bind(FILE_URL_KEYS, Bindable.listOf(String.class)).orElse(null);
        boolean isConfigured = keys != null && !keys.isEmpty();
        return isConfigured ? List.of() : List.of("--" + FILE_URL_KEYS + "=" + secrets.fileUrlKey());
    }

    private String text(String property) {
        String value = configured.bind(property, String.class).orElse(null);
        return value == null ? "" : value;
    }
}
