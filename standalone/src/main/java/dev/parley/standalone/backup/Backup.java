package dev.parley.standalone.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Makes a backup of the platform that runs in this process. */
public interface Backup {

    /**
     * @param target a folder that does not exist
     * @param progress is told what is done, a line at a time
     * @throws dev.parley.platform.boot.StartupException if this cannot be done, and why
     * @throws IOException if it fails; nothing is left of it
     */
    void make(Path target, Consumer<String> progress) throws IOException;
}
