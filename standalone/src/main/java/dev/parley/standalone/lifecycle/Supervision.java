package dev.parley.standalone.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells the script that started this process that everything was ready once, and ends with that script. The script starts the
 * process again when it ends later, as it does when Kafka finds its disk full; a process that was never ready has a mistake in
 * its settings.
 */
public final class Supervision {

    /** Names the file to make. Set by the script. */
    private static final String READY_FILE = "parley.ready-file";

    private final Optional<Path> readyFile =
            Optional.ofNullable(System.getProperty(READY_FILE)).map(Path::of);

    /** Nobody would end this process if it outlived the script. The embedded parts lose nothing by that. */
    public void begin() {
        if (readyFile.isPresent()) {
            ProcessHandle.current().parent().ifPresent(script -> script.onExit()
                    .thenRun(() -> Runtime.getRuntime().halt(1)));
        }
    }

    /** If the file cannot be made, the process is not started again when it ends. */
    public void ready() {
        try {
            if (readyFile.isPresent()) {
                Files.writeString(readyFile.get(), "");
            }
        } catch (IOException notMade) {
            System.err.println("Not started again if it ends: " + notMade);
        }
    }
}
