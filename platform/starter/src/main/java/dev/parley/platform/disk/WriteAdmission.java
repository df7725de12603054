package dev.parley.platform.disk;

import dev.parley.platform.error.ApiException;

/** Says whether there is room for a write. */
public interface WriteAdmission {

    /** Where nothing is stored on this machine. */
    WriteAdmission ALWAYS = () -> {};

    /** @throws ApiException {@link dev.parley.platform.error.PlatformError#STORAGE_FULL} if there is none */
    void check();
}
