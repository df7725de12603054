package dev.parley.standalone.chaos;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.jspecify.annotations.Nullable;

/** What somebody does next with a device, and how the network is meanwhile. */
final class Behaviour implements Runnable {

    private static final int LONGEST_PAUSE_MILLIS = 2_000;
    private static final int LONGEST_WITHOUT_READING_MILLIS = 3_000;

    private final ChaosClient client;
    private final Cast cast;
    private final Random random;
    private final Writing writing;
    private final Moving moving;
    private final ReadWriteLock membership;
    private final AtomicBoolean over;
    private volatile @Nullable CountDownLatch readsNothingUntil;
    private volatile boolean readsNothing;

    Behaviour(ChaosClient client, Cast cast, Deeds deeds, Random random, AtomicBoolean over) {
        this.client = client;
        this.cast = cast;
        this.random = random;
        this.over = over;
        this.writing = new Writing(client, cast.conversations(), deeds, random);
        this.moving = new Moving(client, cast, random);
        this.membership = cast.moving(client.user());
    }

    /** From its next step on it reads nothing until this is over. */
    void readNothingUntil(CountDownLatch end) {
        readsNothingUntil = end;
    }

    /** Whether it has come to that. */
    boolean hasStoppedReading() {
        return readsNothing;
    }

    /** Returns when all is over, and it is connected and has done all that it began. */
    @Override
    public void run() {
        while (!over.get()) {
            CountDownLatch end = readsNothingUntil;
            if (end == null) {
                step();
                client.pause(random.nextInt(LONGEST_PAUSE_MILLIS));
            } else {
                readNothing(end);
                readsNothingUntil = null;
            }
        }
        client.comeBack();
        client.note("done");
    }

    private void step() {
        client.comeBack();
        int choice = random.nextInt(100);
        boolean moves = choice >= 85 && choice < 92;
        Lock unmoved = moves ? membership.writeLock() : membership.readLock();
        unmoved.lock();
        try {
            step(choice);
        } finally {
            unmoved.unlock();
        }
    }

    private void step(int choice) {
        List<String> conversations = client.knowledge().conversations().stream()
                .filter(id -> !id.equals(cast.flooded()) && cast.conversations().has(id, client.user()))
                .sorted()
                .toList();
        String conversation = conversations.get(random.nextInt(conversations.size()));
        if (choice < 45) {
            writing.send(conversation);
        } else if (choice < 60) {
            writing.read(conversation);
        } else if (choice < 70) {
            writing.change(choice < 66);
        } else if (choice < 72) {
            writing.flood(conversation);
        } else if (choice < 75) {
            writing.send(moving.direct());
        } else if (choice < 83) {
            client.cut();
        } else if (choice < 85) {
            readNothing(random.nextInt(LONGEST_WITHOUT_READING_MILLIS));
        } else if (choice < 92) {
            moving.move();
        }
    }

    private void readNothing(int millis) {
        client.note("stops reading");
        client.socket().stopReading();
        client.pause(millis);
        client.socket().readOn();
    }

    private void readNothing(CountDownLatch end) {
        client.proveConnected();
        client.note("stops reading for long");
        client.socket().stopReading();
        readsNothing = true;
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        readsNothing = false;
        client.socket().readOn();
        client.note("reads on");
    }
}
