package dev.parley.notification.text;

import org.jspecify.annotations.Nullable;

/**
 * What all texts depend on.
 *
 * @param language of the device, BCP 47; null if it did not say
 * @param direct whether it is a conversation of two, in which nobody has to be named
 * @param conversation what the group is called; null if it has no name
 * @param actor what is called who wrote, reacted or added; null if that is not known
 * @param preview whether the text may say what was written
 */
public record Occasion(
        @Nullable String language,
        boolean direct,
        @Nullable String conversation,
        @Nullable String actor,
        boolean preview) {}
