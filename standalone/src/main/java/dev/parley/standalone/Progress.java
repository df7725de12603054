package dev.parley.standalone;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Tells the user what has started, and when. */
final class Progress {

    private final PrintStream out;
    private final long began = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
    }

    void started(String part) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        out.printf("  %-14s %4.1f s%n", part, millis / 1000.0);
    }
}
