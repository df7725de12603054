package dev.parley.standalone.backup;

import dev.parley.standalone.backing.DataFolder;
import java.time.Instant;
import java.util.Map;

/**
 * What a backup holds. It is written last, so a backup that has one is whole.
 *
 * @param format how it is laid out; readers refuse a newer one than they know
 * @param takenAt the moment whose state of the store it holds
 * @param files how many files {@code SHA256SUMS} names
 * @param bytes of all of them
 * @param checksums the SHA-256 of {@code SHA256SUMS}
 * @param events that some service had not handled yet
 * @param uploads whether it holds what users uploaded; not where that is kept elsewhere
 * @param secrets the keys that were in use, and by which fingerprint each is known. They are not in the backup
 */
record BackupManifest(
        int format,
        Instant takenAt,
        long files,
        long bytes,
        String checksums,
        long events,
        boolean uploads,
        Map<String, String> secrets) {

    static final int FORMAT = 1;

    /** The name of its file. */
    static final String FILE = "manifest.json";

    /** The file that names all others with their checksums, as {@code sha256sum --check} reads it. */
    static final String CHECKSUMS = "SHA256SUMS";

    /** The store's files. */
    static final String STORE = DataFolder.STORE;

    /** What users uploaded. */
    static final String UPLOADS = DataFolder.FILES;

    /** The events that some service had not handled. */
    static final String EVENTS = DataFolder.BACKLOG;
}
