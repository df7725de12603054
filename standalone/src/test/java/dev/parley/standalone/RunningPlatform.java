package dev.parley.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One platform for all tests of this JVM that only use it, started when first asked for. */
public final class RunningPlatform {

    /** The tenant of this platform in which people are asked before they are added to groups. */
    static final String ASKING_TENANT = "asking";

    /**
     * A list waits longer than by default to be brought up to date, for a machine that does much else; and the push services of tests are
     * on this machine.
     */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PARLEY_CONVERSATION_INVITATION_MAYADDBYTENANT_ASKING", "ask",
            "PARLEY_CONVERSATION_CATCHUP_TIMEOUT", "4s",
            "PARLEY_NOTIFICATION_ALLOWPRIVATEENDPOINTS", "true");

    private static @Nullable PlatformProcess platform;
    private static @Nullable IOException notStarted;

    private RunningPlatform() {}

    /** Where the gateway is, without a slash at the end. */
    public static String baseUrl() {
        return started().baseUrl();
    }

    /** The folder that keeps all its data. */
    static Path data() {
        return started().data();
    }

    /** Tries once: what does not start would not start for the next test either, and each try takes minutes. */
    private static synchronized PlatformProcess started() {
        if (platform == null && notStarted == null) {
            try {
                platform =
                        PlatformProcess.start(Files.createTempDirectory("parley-data"), ENVIRONMENT, "--open-tenants");
                Runtime.getRuntime().addShutdownHook(new Thread(RunningPlatform::stop));
            } catch (IOException failure) {
                notStarted = failure;
            }
        }
        if (platform == null) {
            throw new IllegalStateException(notStarted == null ? null : notStarted.getMessage(), notStarted);
        }
        return platform;
    }

    private static synchronized void stop() {
        try {
            if (platform != null) {
                platform.close();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
