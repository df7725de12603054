package dev.parley.standalone.backup;

import dev.parley.platform.boot.StartupException;
import dev.parley.standalone.backing.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes a data folder of a backup. */
public final class Restore {

    private Restore() {}

    /**
     * Writes no data before all of the backup was read and is what it was. If it is interrupted, nothing starts on the folder until it is
     * restored to again.
     *
     * @param withoutSecrets whether to go on without the keys that were in use. What cannot be read without them is taken away
     * @throws StartupException if this cannot be done, and why
     */
    public static void run(Path backup, Path folder, boolean withoutSecrets, Consumer<String> progress) {
        try {
            run(BackupReader.open(backup), folder, withoutSecrets, progress);
        } catch (IOException failure) {
            throw new StartupException("Not restored: " + failure);
        }
    }

    private static void run(BackupReader reader, Path folder, boolean withoutSecrets, Consumer<String> progress)
            throws IOException {
        try (DataFolder data = DataFolder.lock(folder)) {
            data.requireUnused();
            List<String> missing = missing(reader.manifest().secrets(), data);
            if (!missing.isEmpty() && !withoutSecrets) {
                throw new StartupException("Put the secrets that belong to this backup into "
                        + folder.resolve("secrets") + " first; missing: " + String.join(", ", missing)
                        + ". If they are lost, see docs/backup.md");
            }
            progress.accept("Reading the backup");
            reader.verify();
            progress.accept("Restoring what was stored at " + reader.manifest().takenAt());
            Path restoring = data.beginRestore();
            reader.copyTo(restoring);
            if (!missing.isEmpty()) {
                UnreadableKeys.remove(restoring.resolve(BackupManifest.STORE), missing);
            }
            data.endRestore();
            progress.accept("Restored to " + folder
                    + (reader.manifest().uploads() ? "" : ", without files: they are kept elsewhere"));
        }
    }

    /** The names of the keys that were in use and are not in the folder. */
    private static List<String> missing(Map<String, String> inUse, DataFolder data) throws IOException {
        Map<String, String> present = data.secrets().fingerprints();
        return new TreeMap<>(inUse)
                .entrySet().stream()
                        .filter(key -> !key.getValue().equals(present.get(key.getKey())))
                        .map(Map.Entry::getKey)
                        .toList();
    }
}
