package dev.parley.message.reaction;

import dev.parley.events.Reaction;
import dev.parley.message.MessageError;
import dev.parley.message.MessageSettings;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.text.Emoji;
import java.util.ArrayList;
import java.util.List;

/**
 * The reactions to one message: each emoji once, and each user once for an emoji, in the order in which they came. An emoji
 * is the same with and without U+FE0F; it is shown as who was first wrote it. Lists that an earlier version stored may hold
 * an emoji in both ways.
 */
record ReactionList(List<Reaction> reactions) {

    /**
     * The list with one more reaction.
     *
     * @return this same object if the user has reacted so before
     * @throws ApiException with {@link MessageError#TOO_MANY_REACTIONS} past a limit
     */
    ReactionList with(String emoji, String userId, MessageSettings limits) {
        if (has(emoji, userId)) {
            return this;
        }
        int known = indexOf(emoji);
        requireRoom(known < 0, limits);
        List<Reaction> more = new ArrayList<>(reactions);
        if (known < 0) {
            more.add(new Reaction(emoji, List.of(userId)));
        } else {
            List<String> users = new ArrayList<>(reactions.get(known).userIds());
            users.add(userId);
            more.set(known, new Reaction(reactions.get(known).emoji(), users));
        }
        return new ReactionList(more);
    }

    private void requireRoom(boolean newEmoji, MessageSettings limits) {
        int all = reactions.stream()
                .mapToInt(reaction -> reaction.userIds().size())
                .sum();
        if (all >= limits.maxReactions() || newEmoji && reactions.size() >= limits.maxEmojis()) {
            throw ApiException.of(
                    MessageError.TOO_MANY_REACTIONS,
                    "A message has at most " + limits.maxEmojis() + " different reactions, and " + limits.maxReactions()
                            + " in all");
        }
    }

    /** The list without a reaction; this same object if the user has not reacted so. */
    ReactionList without(String emoji, String userId) {
        if (!has(emoji, userId)) {
            return this;
        }
        List<Reaction> fewer = new ArrayList<>();
        for (Reaction reaction : reactions) {
            List<String> users = new ArrayList<>(reaction.userIds());
            if (isSame(reaction.emoji(), emoji)) {
                users.remove(userId);
            }
            if (!users.isEmpty()) {
                fewer.add(new Reaction(reaction.emoji(), users));
            }
        }
        return new ReactionList(fewer);
    }

    /** The emoji as the list shows it, or as it is given if the list does not have it. */
    String shown(String emoji) {
        int known = indexOf(emoji);
        return known < 0 ? emoji : reactions.get(known).emoji();
    }

    private boolean has(String emoji, String userId) {
        return reactions.stream()
                .anyMatch(reaction ->
                        isSame(reaction.emoji(), emoji) && reaction.userIds().contains(userId));
    }

    private int indexOf(String emoji) {
        for (int i = 0; i < reactions.size(); i++) {
            if (isSame(reactions.get(i).emoji(), emoji)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSame(String emoji, String other) {
        return Emoji.key(emoji).equals(Emoji.key(other));
    }
}
