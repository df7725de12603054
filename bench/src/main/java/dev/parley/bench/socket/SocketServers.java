package dev.parley.bench.socket;

import dev.parley.bench.measure.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts the two servers that are compared. Each says on which port it is ready. */
final class SocketServers {

    private SocketServers() {}

    /** @param javaOptions for the JVM, such as {@code -Xmx256m} */
    static ChildProcess parley(String... javaOptions) throws IOException {
        return ChildProcess.java(List.of(javaOptions), RoomServer.class);
    }

    /** @param folder where {@code npm install} was run */
    static ChildProcess node(Path folder) throws IOException {
        return ChildProcess.start(
                List.of("node", folder.resolve("server.mjs").toString()), Map.of(), ChildProcess.READY);
    }

    static String address(ChildProcess server) {
        return "ws://127.0.0.1:" + server.readyText();
    }
}
