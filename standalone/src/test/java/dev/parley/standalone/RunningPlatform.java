package dev.parley.standalone;

import java.io.IOException;
import java.nio.file.Files;

/** One platform for all tests of this JVM that only use it, started when first asked for. */
public final class RunningPlatform {

    private static final PlatformProcess PLATFORM = start();

    private RunningPlatform() {}

    /** Where the gateway is, without a slash at the end. */
    public static String baseUrl() {
        return PLATFORM.baseUrl();
    }

    private static PlatformProcess start() {
        try {
            PlatformProcess platform = PlatformProcess.start(Files.createTempDirectory("parley-data"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform)));
            return platform;
        } catch (IOException notStarted) {
            throw new ExceptionInInitializerError(notStarted);
        }
    }

    private static void stop(PlatformProcess platform) {
        try {
            platform.close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
