package dev.parley.standalone.chaos;

import dev.parley.standalone.ChatUser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** All that is stored of a conversation, and what of it each member is to see, by the notices among the messages. */
final class Timeline {

    private final List<JsonNode> messages;

    private Timeline(List<JsonNode> messages) {
        this.messages = messages;
    }

    static Timeline of(Conversations conversations, String conversationId) {
        return new Timeline(conversations.witness(conversationId).wholeHistory(conversationId));
    }

    /** Without the notices. */
    List<JsonNode> written() {
        return messages.stream().filter(message -> !isNotice(message)).toList();
    }

    /** From each coming of a user to the next going, both included. */
    List<ConversationLog.Entry> seenBy(ChatUser user) {
        return stays(user).stream().flatMap(List::stream).toList();
    }

    /** Only since the user came last. The user must be there. */
    List<ConversationLog.Entry> seenSinceComing(ChatUser user) {
        List<List<ConversationLog.Entry>> stays = stays(user);
        return stays.get(stays.size() - 1);
    }

    /** The first place that a user sees since then. */
    long comingOf(ChatUser user) {
        return seenSinceComing(user).stream()
                .mapToLong(ConversationLog.Entry::seq)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private List<List<ConversationLog.Entry>> stays(ChatUser user) {
        List<String> about = messages.stream()
                .filter(Timeline::isNotice)
                .map(Timeline::text)
                .filter(text -> concerns(text, user))
                .toList();
        boolean there = about.isEmpty() || !isComing(about.get(0));
        List<List<ConversationLog.Entry>> stays = new ArrayList<>();
        if (there) {
            stays.add(new ArrayList<>());
        }
        for (JsonNode message : messages) {
            boolean turns = isNotice(message) && concerns(text(message), user);
            if (turns && isComing(text(message))) {
                stays.add(new ArrayList<>());
                there = true;
            }
            if (there) {
                stays.get(stays.size() - 1).add(ConversationLog.Entry.of(message));
            }
            if (turns && !isComing(text(message))) {
                there = false;
            }
        }
        return stays;
    }

    private static boolean isNotice(JsonNode message) {
        return message.path("content").path("type").asString().equals("system");
    }

    private static String text(JsonNode notice) {
        return notice.path("content").path("text").asString();
    }

    private static boolean concerns(String notice, ChatUser user) {
        return Pattern.compile("\\b" + user.displayName() + "\\b")
                .matcher(notice)
                .find();
    }

    private static boolean isComing(String notice) {
        return notice.contains(" added ");
    }
}
