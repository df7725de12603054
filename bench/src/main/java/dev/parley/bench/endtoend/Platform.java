package dev.parley.bench.endtoend;

import dev.parley.bench.measure.ChildProcess;
import dev.parley.bench.measure.TempFolder;
import dev.parley.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole platform of a built checkout in one process, with the embedded parts and a data folder of its own. */
final class Platform implements AutoCloseable {

    private static final int NATIVE_ACCESS_FROM = 22;

    /** A benchmark sends more than a user may. */
    private static final Map<String, String> WITHOUT_LIMITS = Map.of(
            "PARLEY_GATEWAY_RATELIMIT_ENABLED", "false",
            "PARLEY_MESSAGE_SENDSPERSECOND", "0",
            "PARLEY_PRESENCE_LIMITS_EVENTS_SENDMESSAGE_PERSECOND", "10000",
            "PARLEY_PRESENCE_LIMITS_EVENTS_SENDMESSAGE_BURST", "10000");

    private final ChildProcess process;
    private final int port;
    private final TempFolder data;

    private Platform(ChildProcess process, int port, TempFolder data) {
        this.process = process;
        this.port = port;
        this.data = data;
    }

    /** Starts the platform and returns when it serves. */
    static Platform start(Path checkout) throws IOException {
        Path jar = checkout.resolve("standalone/target/parley.jar");
        if (!Files.exists(jar)) {
            throw new IOException(jar + " is missing: run `./mvnw -q package -DskipTests -pl standalone -am` there");
        }
        TempFolder data = TempFolder.create();
        int port = FreePort.find();
        List<String> command = new ArrayList<>(List.of(ChildProcess.javaTool("java"), "-Xmx768m"));
        if (Runtime.version().feature() >= NATIVE_ACCESS_FROM) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "--port",
                Integer.toString(port),
                "--data",
                data.path().toString()));
        return new Platform(ChildProcess.start(command, WITHOUT_LIMITS, "Parley is at "), port, data);
    }

    String gateway() {
        return "localhost:" + port;
    }

    Duration cpu() {
        return process.cpu();
    }

    @Override
    public void close() throws IOException {
        process.close();
        data.close();
    }
}
