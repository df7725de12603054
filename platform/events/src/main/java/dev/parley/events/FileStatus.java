package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;

/** How far a file has come on its way from its sender. */
public final class FileStatus extends OpenValue {

    /** Its content is not there yet, or not confirmed. */
    public static final FileStatus PENDING = new FileStatus("PENDING");
    /** It is looked through for malware. */
    public static final FileStatus SCANNING = new FileStatus("SCANNING");
    /** It may be shown. */
    public static final FileStatus READY = new FileStatus("READY");
    /** It holds malware, and is never served. */
    public static final FileStatus INFECTED = new FileStatus("INFECTED");
    /** It could not be taken. */
    public static final FileStatus FAILED = new FileStatus("FAILED");

    private static final List<FileStatus> KNOWN = List.of(PENDING, SCANNING, READY, INFECTED, FAILED);

    private FileStatus(String name) {
        super(name);
    }

    @JsonCreator
    public static FileStatus of(String name) {
        return find(name, KNOWN).orElseGet(() -> new FileStatus(name));
    }
}
