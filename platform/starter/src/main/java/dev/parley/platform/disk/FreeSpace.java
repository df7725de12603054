package dev.parley.platform.disk;

import java.io.IOException;

/** How much may still be written to a disk. */
interface FreeSpace {

    /** In bytes. May block. */
    long bytes() throws IOException;
}
