package dev.parley.standalone.backing;

import dev.parley.platform.boot.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The format of a data folder, in a file of its own: an older program leaves a newer folder as it is. */
final class DataFormat {

    /** Grows with a change that the version of before cannot read. A version that knows a format knows those before it. */
    static final int CURRENT = 1;

    static final String FILE = "format";

    private DataFormat() {}

    /** Writes nothing. @throws StartupException if a newer version has written the folder */
    static void requireKnown(Path folder) throws IOException {
        int format = read(folder);
        if (format > CURRENT) {
            throw new StartupException(
                    "The data folder " + folder + " was written by a newer version of Parley (its format is "
                            + format + ", and this version knows " + CURRENT
                            + "): start that version, or choose another folder with --data");
        }
    }

    /** From now on older programs leave the folder as it is. */
    static void claim(Path folder) throws IOException {
        if (read(folder) < CURRENT) {
            PrivateFiles.write(folder, FILE, CURRENT + "\n");
        }
    }

    /** 0 for a folder that is new, or was written before there were formats. */
    private static int read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            return Integer.parseInt(Files.readString(file).strip());
        } catch (NumberFormatException damaged) {
            throw new StartupException(file + " is damaged: put the file back from a copy of the folder");
        }
    }
}
