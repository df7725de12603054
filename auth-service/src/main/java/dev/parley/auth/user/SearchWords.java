package dev.parley.auth.user;

import dev.parley.platform.text.TextFolding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Splits names and usernames into the words by which a search finds a user, folded. */
final class SearchWords {

    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private SearchWords() {}

    /** The words of a user: both what stands between blanks ({@code anne-marie}) and its parts ({@code anne}, {@code marie}). */
    static List<String> of(User user) {
        Set<String> words = new LinkedHashSet<>();
        Stream.of(user.displayName(), user.firstName(), user.lastName(), user.username())
                .filter(Objects::nonNull)
                .map(TextFolding::fold)
                .forEach(name -> {
                    split(BLANKS, name).forEach(words::add);
                    split(NEITHER_LETTER_NOR_DIGIT, name).forEach(words::add);
                });
        return List.copyOf(words);
    }

    /** The words of a query. A user is found if each of them begins a word of the user. */
    static List<String> ofQuery(String query) {
        return split(BLANKS, TextFolding.fold(query)).distinct().toList();
    }

    /** Whether a search for these words finds a user. */
    static boolean match(User user, List<String> wordsOfQuery) {
        List<String> words = of(user);
        return wordsOfQuery.stream().allMatch(begin -> words.stream().anyMatch(word -> word.startsWith(begin)));
    }

    private static Stream<String> split(Pattern separator, String text) {
        return separator.splitAsStream(text).filter(word -> !word.isEmpty());
    }
}
