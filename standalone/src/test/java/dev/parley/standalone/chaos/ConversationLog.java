package dev.parley.standalone.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What one client holds of one conversation: what it was told, in that order, and what became of it since. */
final class ConversationLog {

    /** A message in its place. */
    record Entry(long seq, String id, String senderId) {

        static Entry of(JsonNode message) {
            return new Entry(
                    message.path("seq").asLong(),
                    message.path("id").asString(),
                    message.path("senderId").asString());
        }
    }

    /** How a message reads now. */
    record State(String text, boolean deleted) {

        static final State DELETED = new State("", true);

        static State of(JsonNode message) {
            return message.path("status").asString().equals("deleted")
                    ? DELETED
                    : new State(message.path("content").path("text").asString(""), false);
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, State> states = new HashMap<>();
    private final Set<Long> loaded = new HashSet<>();
    private final List<String> faults;

    /** @param faults where it says what it should not have been told */
    ConversationLog(List<String> faults) {
        this.faults = faults;
    }

    long lastSeq() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).seq();
    }

    /** Told by the server: must be the next. Where it was just loaded it may also be told. */
    void told(JsonNode message) {
        Entry entry = Entry.of(message);
        if (loaded.remove(entry.seq())) {
            return;
        }
        if (entry.seq() <= lastSeq()) {
            faults.add("told " + entry + " after seq " + lastSeq());
            return;
        }
        entries.add(entry);
        states.put(entry.id(), State.of(message));
    }

    /** Asked for, as what comes after the last. */
    void loaded(JsonNode message) {
        Entry entry = Entry.of(message);
        if (entry.seq() <= lastSeq()) {
            faults.add("was given " + entry + " as what comes after seq " + lastSeq());
            return;
        }
        entries.add(entry);
        loaded.add(entry.seq());
        states.put(entry.id(), State.of(message));
    }

    /** As a message reads now, as far as it is known here. */
    void reads(JsonNode message) {
        states.replace(message.path("id").asString(), State.of(message));
    }

    void edited(String id, String text) {
        states.computeIfPresent(id, (same, state) -> state.deleted() ? state : new State(text, false));
    }

    void deleted(String id) {
        states.replace(id, State.DELETED);
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    Map<String, State> states() {
        return new HashMap<>(states);
    }
}
