package dev.parley.embedded.store.filter;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import org.jspecify.annotations.Nullable;

/** The text that every match of a regular expression starts with. */
final class RegexPrefix {

    private static final String SPECIAL = "\\^$.|?*+()[]{}";

    private RegexPrefix() {}

    /** Of a pattern anchored with {@code ^} and without options, the literal start; null when there is none. */
    static @Nullable String of(Object regex) {
        String pattern = null;
        if (regex instanceof BsonRegularExpression expression) {
            String options = expression.getOptions();
            pattern = options == null || options.isEmpty() ? expression.getPattern() : null;
        } else if (regex instanceof String text) {
            pattern = text;
        }
        if (pattern == null || !pattern.startsWith("^") || pattern.contains("|")) {
            return null;
        }
        int end = 1;
        while (end < pattern.length() && SPECIAL.indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        // A quantifier belongs to the character before it.
        if (end < pattern.length() && "?*{+".indexOf(pattern.charAt(end)) >= 0) {
            end--;
        }
        return end > 1 ? pattern.substring(1, end) : null;
    }
}
