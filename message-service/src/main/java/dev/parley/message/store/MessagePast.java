package dev.parley.message.store;

import dev.parley.events.Block;
import dev.parley.events.Pin;
import dev.parley.events.Reaction;
import dev.parley.platform.encryption.MessageContent;
import dev.parley.platform.text.Emoji;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message was before its changes, as far as that is kept: former members see it as it was when they left, and members
 * see the texts of before. It is stored with the message and told in no event. All lists begin with the oldest.
 *
 * @param edits when the sender edited the message
 * @param texts the texts that these edits replaced, in the same order; where they are sealed, one block instead
 * @param reactions the reactions that came and went
 * @param pins the changes of the pin
 * @param editsLostUntil when the newest edit was that is not kept any more; null if all are kept
 * @param reactionsLostUntil the same for reactions
 * @param pinsLostUntil the same for pins
 * @param seenAsOf in a message as a former member sees it, when that member left; never stored
 */
public record MessagePast(
        List<Edit> edits,
        List<Block> texts,
        List<ReactionStep> reactions,
        List<PinStep> pins,
        @Nullable Instant editsLostUntil,
        @Nullable Instant reactionsLostUntil,
        @Nullable Instant pinsLostUntil,
        @Nullable Instant seenAsOf) {

    /** Enough for what happens in a conversation until somebody who left has read it; a reaction takes 100 bytes. */
    private static final int MAX_REACTIONS = 100;

    private static final int MAX_PINS = 20;

    static final MessagePast NONE = new MessagePast(List.of(), List.of(), List.of(), List.of(), null, null, null, null);

    /** @param mentions whom the replaced text mentioned; null if that is not known */
    public record Edit(Instant at, @Nullable List<String> mentions) {}

    public record ReactionStep(Instant at, String userId, String emoji, boolean added) {}

    /** @param before null if it was not pinned */
    public record PinStep(Instant at, @Nullable Pin before) {}

    /** A text that an edit replaced at a time. */
    public record EarlierText(String text, Instant replacedAt) {}

    public MessagePast {
        edits = Objects.requireNonNullElse(edits, List.of());
        texts = Objects.requireNonNullElse(texts, List.of());
        reactions = Objects.requireNonNullElse(reactions, List.of());
        pins = Objects.requireNonNullElse(pins, List.of());
    }

    private static MessagePast of(@Nullable MessagePast past) {
        return past == null ? NONE : past;
    }

    static MessagePast afterEdit(@Nullable MessagePast past, Message before, Instant now, PastLimits limits) {
        MessagePast known = of(past);
        List<Edit> edits = plus(known.edits, new Edit(now, before.mentions()));
        List<Block> texts = plus(known.texts, Block.Text.plain(before.text()));
        int first = firstKept(texts, limits);
        return new MessagePast(
                edits.subList(first, edits.size()),
                texts.subList(first, texts.size()),
                known.reactions,
                known.pins,
                first == 0 ? known.editsLostUntil : edits.get(first - 1).at(),
                known.reactionsLostUntil,
                known.pinsLostUntil,
                null);
    }

    private static int firstKept(List<Block> texts, PastLimits limits) {
        int first = texts.size();
        int characters = 0;
        while (first > 0 && texts.size() - first < limits.maxEdits()) {
            characters += text(texts.get(first - 1)).length();
            if (characters > limits.maxCharacters()) {
                return first;
            }
            first--;
        }
        return first;
    }

    static MessagePast afterReaction(@Nullable MessagePast past, ReactionStep step) {
        MessagePast known = of(past);
        List<ReactionStep> steps = plus(known.reactions, step);
        int first = Math.max(0, steps.size() - MAX_REACTIONS);
        return new MessagePast(
                known.edits,
                known.texts,
                steps.subList(first, steps.size()),
                known.pins,
                known.editsLostUntil,
                first == 0 ? known.reactionsLostUntil : steps.get(first - 1).at(),
                known.pinsLostUntil,
                null);
    }

    static MessagePast afterPin(@Nullable MessagePast past, PinStep step) {
        MessagePast known = of(past);
        List<PinStep> steps = plus(known.pins, step);
        int first = Math.max(0, steps.size() - MAX_PINS);
        return new MessagePast(
                known.edits,
                known.texts,
                known.reactions,
                steps.subList(first, steps.size()),
                known.editsLostUntil,
                known.reactionsLostUntil,
                first == 0 ? known.pinsLostUntil : steps.get(first - 1).at(),
                null);
    }

    private static <T> List<T> plus(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    /** The texts as a message's content, to be sealed and opened like it. */
    MessageContent content() {
        return new MessageContent(null, texts, null);
    }

    /** Under which they are sealed: not to be mistaken for the message itself. */
    static String sealedName(String messageId) {
        return messageId + "/past";
    }

    MessagePast withTexts(List<Block> otherTexts) {
        return new MessagePast(
                edits, otherTexts, reactions, pins, editsLostUntil, reactionsLostUntil, pinsLostUntil, seenAsOf);
    }

    MessagePast seenAsOf(Instant time) {
        return new MessagePast(edits, texts, reactions, pins, editsLostUntil, reactionsLostUntil, pinsLostUntil, time);
    }

    /** The texts of before, the newest first, that were replaced up to a time. */
    List<EarlierText> textsUpTo(Instant time) {
        List<EarlierText> earlier = new ArrayList<>();
        for (int i = 0; i < edits.size() && !edits.get(i).at().isAfter(time); i++) {
            earlier.add(new EarlierText(text(texts.get(i)), edits.get(i).at()));
        }
        Collections.reverse(earlier);
        return earlier;
    }

    /**
     * The text at a time at which the message had another one than it has now.
     *
     * @return empty if it is not kept
     */
    Optional<String> textAt(Instant time) {
        int next = nextEdit(time);
        return next < 0 || isLost(editsLostUntil, time) ? Optional.empty() : Optional.of(text(texts.get(next)));
    }

    /** Whom that text mentioned. */
    List<String> mentionsAt(Instant time) {
        int next = nextEdit(time);
        return next < 0 || isLost(editsLostUntil, time)
                ? List.of()
                : Objects.requireNonNullElse(edits.get(next).mentions(), List.of());
    }

    private int nextEdit(Instant time) {
        for (int i = 0; i < edits.size(); i++) {
            if (edits.get(i).at().isAfter(time)) {
                return i;
            }
        }
        return -1;
    }

    /** When the sender had last edited it at a time; null if that was never. */
    @Nullable Instant editedAt(Instant time) {
        return edits.stream()
                .map(Edit::at)
                .filter(at -> !at.isAfter(time))
                .reduce((first, last) -> last)
                .orElse(isLost(editsLostUntil, time) ? null : editsLostUntil);
    }

    /** The reactions at a time: none if what came and went since is not kept. */
    List<Reaction> reactionsAt(Instant time, List<Reaction> now) {
        if (isLost(reactionsLostUntil, time)) {
            return List.of();
        }
        List<Reaction> then = now;
        for (int i = reactions.size() - 1; i >= 0 && reactions.get(i).at().isAfter(time); i--) {
            then = undone(then, reactions.get(i));
        }
        return then;
    }

    private static List<Reaction> undone(List<Reaction> reactions, ReactionStep step) {
        List<Reaction> before = new ArrayList<>();
        boolean isThere = false;
        for (Reaction reaction : reactions) {
            List<String> userIds = new ArrayList<>(reaction.userIds());
            if (Emoji.key(reaction.emoji()).equals(Emoji.key(step.emoji()))) {
                isThere = true;
                userIds.remove(step.userId());
                if (!step.added()) {
                    userIds.add(step.userId());
                }
            }
            if (!userIds.isEmpty()) {
                before.add(new Reaction(reaction.emoji(), userIds));
            }
        }
        if (!isThere && !step.added()) {
            before.add(new Reaction(step.emoji(), List.of(step.userId())));
        }
        return before;
    }

    /** The pin at a time; null if there was none, or if it is not kept. */
    @Nullable Pin pinAt(Instant time, @Nullable Pin now) {
        Pin then = pins.stream()
                .filter(step -> step.at().isAfter(time))
                .findFirst()
                .map(step -> Optional.ofNullable(step.before()))
                .orElse(Optional.ofNullable(now))
                .orElse(null);
        return then == null || then.at().isAfter(time) || isLost(pinsLostUntil, time) ? null : then;
    }

    /** When it had last changed at a time; null if it had not. */
    @Nullable Instant changedAt(Instant time) {
        List<Instant> changes = new ArrayList<>();
        edits.forEach(edit -> changes.add(edit.at()));
        reactions.forEach(step -> changes.add(step.at()));
        pins.forEach(step -> changes.add(step.at()));
        return changes.stream()
                .filter(at -> !at.isAfter(time))
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static boolean isLost(@Nullable Instant lostUntil, Instant time) {
        return lostUntil != null && lostUntil.isAfter(time);
    }

    private static String text(Block block) {
        return block instanceof Block.Text text ? text.plainText() : "";
    }
}
