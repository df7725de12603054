package dev.parley.standalone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is unread in one conversation, worked out the slow and plain way: message by message. */
public final class UnreadModel {

    private static final class Entry {
        private final String id;
        private final String sender;
        private boolean deleted;
        private final Set<String> hiddenFor = new HashSet<>();

        Entry(String id, String sender) {
            this.id = id;
            this.sender = sender;
        }
    }

    private final List<Entry> messages = new ArrayList<>();
    private final Map<String, Integer> readUpTo = new HashMap<>();
    private final Set<String> members = new HashSet<>();

    /** From here on the user counts what comes. */
    public void join(String user) {
        members.add(user);
        readUpTo.put(user, messages.size());
    }

    void leave(String user) {
        members.remove(user);
    }

    boolean isMember(String user) {
        return members.contains(user);
    }

    public void sent(String sender, String messageId) {
        messages.add(new Entry(messageId, sender));
    }

    String senderOf(String messageId) {
        return entry(messageId).sender;
    }

    void readAll(String user) {
        readUpTo.put(user, messages.size());
    }

    public void readUpTo(String user, String messageId) {
        readUpTo.merge(user, messages.indexOf(entry(messageId)) + 1, Math::max);
    }

    public void deleted(String messageId) {
        entry(messageId).deleted = true;
    }

    void hidden(String user, String messageId) {
        entry(messageId).hiddenFor.add(user);
    }

    public long unread(String user) {
        if (!isMember(user)) {
            return 0;
        }
        return messages.subList(readUpTo.get(user), messages.size()).stream()
                .filter(entry -> !entry.sender.equals(user) && !entry.deleted && !entry.hiddenFor.contains(user))
                .count();
    }

    private Entry entry(String messageId) {
        return messages.stream()
                .filter(entry -> entry.id.equals(messageId))
                .findFirst()
                .orElseThrow();
    }
}
