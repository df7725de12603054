package dev.parley.embedded;

import dev.parley.embedded.store.settings.StoreSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A store in a process of its own, to be killed. */
final class StoreProcess {

    private static final String READY = "ready ";
    private static final int EXIT_SECONDS = 10;

    private final Process process;
    private final String uri;

    private StoreProcess(Process process, String uri) {
        this.process = process;
        this.uri = uri;
    }

    /** What the process runs: serves the folder until it is killed, or until its parent goes. */
    public static void main(String[] arguments) throws Exception {
        EmbeddedStore store =
                EmbeddedStore.start(StoreSettings.at(Path.of(arguments[0])).withCacheBytes(16 << 20));
        System.out.println(READY + store.uri());
        while (System.in.read() >= 0) {
            // Nobody writes; the end of the stream is the end of the parent.
        }
        Runtime.getRuntime().halt(0);
    }

    static StoreProcess start(Path directory) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        directory.toString()))
                .redirectErrorStream(true)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return new StoreProcess(process, line.substring(READY.length()));
            }
            said.append(line).append('\n');
        }
        throw new IOException("The store did not start:\n" + said);
    }

    String uri() {
        return uri;
    }

    /** SIGKILL: nothing in the process gets a chance to write anything any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process survived its kill");
        }
    }
}
