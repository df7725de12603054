package dev.parley.embedded.store.settings;

/** When a write counts as stored, so that the client hears of it. */
public enum SyncPolicy {
    /**
     * When the operating system has it. It survives the kill of the process, but not the loss of the machine's power. A
     * write does not wait for the disk.
     */
    OPERATING_SYSTEM,
    /**
     * When the disk has it. It survives the loss of power too. A write waits for the disk, together with the writes of
     * other clients that come in meanwhile.
     */
    DISK
}
