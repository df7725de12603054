package dev.parley.platform.test;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What the threads of this JVM are at: shown where a test has waited in vain, so that one look tells what stood still. */
final class Threads {

    private static final int FRAMES = 40;

    private Threads() {}

    static void show() {
        System.err.println(Thread.getAllStackTraces().entrySet().stream()
                .sorted(Map.Entry.comparingByKey((one, other) -> one.getName().compareTo(other.getName())))
                .map(thread -> described(thread.getKey(), thread.getValue()))
                .collect(Collectors.joining("\n", "The threads at the end of a wait in vain:\n", "")));
    }

    private static String described(Thread thread, StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .limit(FRAMES)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining("", thread.getName() + " " + thread.getState(), ""));
    }
}
