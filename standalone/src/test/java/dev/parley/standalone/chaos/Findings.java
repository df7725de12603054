package dev.parley.standalone.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Where what somebody knows is not as it is. */
final class Findings {

    /** A failure shows so many. */
    private static final int SHOWN = 20;

    private final List<String> texts = new ArrayList<>();
    private final Set<ChaosClient> concerned = new LinkedHashSet<>();

    void equal(String what, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            texts.add(what + ": " + found + ", not " + expected);
        }
    }

    /** For a set of which some are certain and some possible. */
    <T> void between(String what, Set<T> least, Set<T> most, Set<T> found) {
        if (!found.containsAll(least) || !most.containsAll(found)) {
            texts.add(what + ": " + found + ", not at least " + least + " and at most " + most);
        }
    }

    void equal(ChaosClient client, String what, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            concerned.add(client);
            equal(client + ", " + what, expected, found);
        }
    }

    /** Like {@link #equal}, for many: shows what is missing and what is too much. */
    <T> void same(ChaosClient client, String what, Collection<T> expected, Collection<T> found) {
        if (expected.equals(found)) {
            return;
        }
        concerned.add(client);
        List<T> missing = new ArrayList<>(expected);
        missing.removeAll(found);
        List<T> surplus = new ArrayList<>(found);
        expected.forEach(surplus::remove);
        texts.add(client + ", " + what + ": missing " + missing + ", too much or twice " + surplus
                + (missing.isEmpty() && surplus.isEmpty() ? ", in another order" : ""));
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    /** With what befell the clients that they concern. */
    @Override
    public String toString() {
        return texts.size() + " findings:\n"
                + texts.stream().limit(SHOWN).collect(Collectors.joining("\n"))
                + concerned.stream()
                        .limit(SHOWN)
                        .map(client -> "\n\n" + client + " (" + client.user().id() + "):\n  "
                                + String.join("\n  ", client.diary()))
                        .collect(Collectors.joining());
    }
}
