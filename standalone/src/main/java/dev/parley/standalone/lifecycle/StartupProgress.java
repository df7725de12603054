package dev.parley.standalone.lifecycle;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Tells the user what has started, and how long after the beginning. */
public final class StartupProgress {

    private final PrintStream out;
    private final long began = System.nanoTime();

    public StartupProgress(PrintStream out) {
        this.out = out;
    }

    public void say(String line) {
        out.println(line);
    }

    public void started(String part) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        out.printf("  %-14s %4.1f s%n", part, millis / 1000.0);
    }
}
