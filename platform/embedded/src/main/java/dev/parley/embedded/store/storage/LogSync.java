package dev.parley.embedded.store.storage;

import org.rocksdb.RocksDBException;

/**
 * Forces the log to the disk, once for all writers that wait (group commit).
 *
 * <p>Writers wait here without holding the lock of their collection, so readers and other writers go on meanwhile.
 */
final class LogSync {

    /** What forces to the disk all that was written before the call. */
    interface Disk {
        void force() throws RocksDBException;
    }

    private final Disk disk;
    private final boolean enabled;
    private long requested;
    private long forced;
    private boolean forcing;

    LogSync(Disk disk, boolean enabled) {
        this.disk = disk;
        this.enabled = enabled;
    }

    void await() {
        if (!enabled) {
            return;
        }
        long ticket = takeTicket();
        while (true) {
            long upTo = becomeLeader(ticket);
            if (upTo < 0) {
                return;
            }
            lead(upTo);
        }
    }

    private synchronized long takeTicket() {
        return ++requested;
    }

    /** The last ticket that the caller must force, or -1 when its own is forced already. */
    private synchronized long becomeLeader(long ticket) {
        boolean interrupted = false;
        while (forcing && forced < ticket) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (forced >= ticket) {
            return -1;
        }
        forcing = true;
        return requested;
    }

    private void lead(long upTo) {
        boolean done = false;
        try {
            disk.force();
            done = true;
        } catch (RocksDBException e) {
            throw new StorageException(e);
        } finally {
            finish(done ? upTo : -1);
        }
    }

    private synchronized void finish(long upTo) {
        forced = Math.max(forced, upTo);
        forcing = false;
        notifyAll();
    }
}
