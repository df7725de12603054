package dev.parley.presence.routing;

import dev.parley.presence.stream.StreamPosition;
import java.util.HashMap;
import java.util.Map;

/** How far the routers have come, as this node has read it. Safe for any thread. */
final class InboxProgress {

    /** What the routers say to what this node has published of its interest. */
    enum Answer {
        /** All of them write what concerns it from now on, and wrote what is recent. */
        YES,
        NOT_YET,
        /** A router knows of it, but did not write what is recent: another one was asked. */
        ASK_AGAIN
    }

    /**
     * The present router of a partition.
     *
     * @param interest the offset up to which it has read the interest of the nodes
     */
    private record Router(Progress.OfPartition at, long interest) {}

    private final int partitions;
    private final Map<Integer, Router> routers = new HashMap<>();
    private long reliedOn = -1;

    InboxProgress(int partitions) {
        this.partitions = partitions;
    }

    /** Whether a record is of a router that has the partition no more. */
    synchronized boolean isOutdated(int partition, int generation) {
        Router router = routers.get(partition);
        if (router == null || generation > router.at().generation()) {
            throw new InboxLostException("The router of partition " + partition + " has not said where it begins");
        }
        return generation < router.at().generation();
    }

    /**
     * A router has come this far with a partition. Returns whether it is the present one.
     *
     * @param interest the offset up to which it has read the interest of the nodes
     */
    synchronized boolean advance(Progress.OfPartition at, long interest) {
        Router router = routers.get(at.partition());
        if (router != null && at.generation() < router.at().generation()) {
            return false;
        }
        boolean isNew = router == null || at.generation() > router.at().generation();
        if (isNew && at.loaded() < reliedOn) {
            throw new InboxLostException(
                    "The new router of partition " + at.partition() + " knows less than the old one");
        }
        routers.put(at.partition(), new Router(at, interest));
        return true;
    }

    /**
     * @param offset that of a record about this node's interest
     * @param reached how far this node has read
     */
    synchronized Answer answer(long offset, StreamPosition reached) {
        if (routers.values().stream().anyMatch(router -> offset <= router.at().loaded())) {
            return Answer.ASK_AGAIN;
        }
        boolean isYes = routers.size() == partitions
                && routers.values().stream()
                        .allMatch(router -> offset <= router.interest()
                                && router.at().position()
                                        >= reached.at(router.at().partition()));
        if (isYes) {
            reliedOn = Math.max(reliedOn, offset);
        }
        return isYes ? Answer.YES : Answer.NOT_YET;
    }
}
