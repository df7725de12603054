package dev.parley.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sources of all modules but their tests. */
final class SourceFiles {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String SOURCES = "/src/main/java/";
    private static final String PACKAGE_INFO = "package-info.java";

    /** A Javadoc comment before the package, with a sentence that begins in upper case and ends with a full stop. */
    private static final Pattern SENTENCE = Pattern.compile(
            "\\A/\\*\\*[\\s*]*\\p{Lu}.{15,}?\\.\\s.*?\\*/.*?^package ", Pattern.DOTALL | Pattern.MULTILINE);

    private SourceFiles() {}

    /**
     * Where words are met, by source; sources are named by their path in the repository.
     *
     * @param words the word is its first group
     */
    static Map<String, Set<String>> words(Pattern words, Predicate<String> sources) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (Path file : all()) {
            String source = name(file);
            if (sources.test(source)) {
                Set<String> here = words.matcher(read(file))
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
                if (!here.isEmpty()) {
                    found.put(source, here);
                }
            }
        }
        return found;
    }

    /** The packages that do not say what they are for. */
    static Set<String> packagesWithoutSentence() {
        Set<Path> folders = all().stream().map(Path::getParent).collect(Collectors.toSet());
        return folders.stream()
                .filter(folder -> !saysWhatItIsFor(folder.resolve(PACKAGE_INFO)))
                .map(SourceFiles::packageName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean saysWhatItIsFor(Path packageInfo) {
        return Files.exists(packageInfo) && SENTENCE.matcher(read(packageInfo)).find();
    }

    private static String packageName(Path folder) {
        String name = name(folder);
        return name.substring(name.indexOf(SOURCES) + SOURCES.length()).replace('/', '.');
    }

    private static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    private static List<Path> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file ->
                            file.toString().contains(SOURCES) && file.toString().endsWith(".java"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
