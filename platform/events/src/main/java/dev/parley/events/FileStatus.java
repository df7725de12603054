package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;

/** What a file is after it was processed. */
public final class FileStatus extends OpenValue {

    /** It may be shown. */
    public static final FileStatus READY = new FileStatus("READY");
    /** It holds malware, and is never served. */
    public static final FileStatus INFECTED = new FileStatus("INFECTED");
    /** It could not be taken. */
    public static final FileStatus FAILED = new FileStatus("FAILED");

    private static final List<FileStatus> KNOWN = List.of(READY, INFECTED, FAILED);

    private FileStatus(String name) {
        super(name);
    }

    @JsonCreator
    public static FileStatus of(String name) {
        return find(name, KNOWN).orElseGet(() -> new FileStatus(name));
    }
}
