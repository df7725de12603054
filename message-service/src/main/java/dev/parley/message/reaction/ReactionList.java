package dev.parley.message.reaction;

import dev.parley.events.Reaction;
import dev.parley.message.MessageError;
import dev.parley.message.MessageSettings;
import dev.parley.platform.error.ApiException;
import java.util.ArrayList;
import java.util.List;

/** The reactions to one message: each emoji once, and each user once for an emoji, in the order in which they came. */
record ReactionList(List<Reaction> reactions) {

    /**
     * The list with one more reaction.
     *
     * @return this same object if the user has reacted so before
     * @throws ApiException with {@link MessageError#TOO_MANY_REACTIONS} past a limit
     */
    ReactionList with(String emoji, String userId, MessageSettings limits) {
        int known = indexOf(emoji);
        if (known >= 0 && reactions.get(known).userIds().contains(userId)) {
            return this;
        }
        requireRoom(known < 0, limits);
        List<Reaction> more = new ArrayList<>(reactions);
        if (known < 0) {
            more.add(new Reaction(emoji, List.of(userId)));
        } else {
            List<String> users = new ArrayList<>(reactions.get(known).userIds());
            users.add(userId);
            more.set(known, new Reaction(emoji, users));
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
        int known = indexOf(emoji);
        if (known < 0 || !reactions.get(known).userIds().contains(userId)) {
            return this;
        }
        List<String> users = new ArrayList<>(reactions.get(known).userIds());
        users.remove(userId);
        List<Reaction> fewer = new ArrayList<>(reactions);
        if (users.isEmpty()) {
            fewer.remove(known);
        } else {
            fewer.set(known, new Reaction(emoji, users));
        }
        return new ReactionList(fewer);
    }

    private int indexOf(String emoji) {
        for (int i = 0; i < reactions.size(); i++) {
            if (reactions.get(i).emoji().equals(emoji)) {
                return i;
            }
        }
        return -1;
    }
}
