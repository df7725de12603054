package dev.parley.notification.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The languages that there are: one for each file {@code texts/push_<language>.properties}. All are read when the service starts. */
@Component
final class Languages {

    private static final String FOLDER = "texts/";
    private static final String NAME = "push";
    private static final String EXTENSION = ".properties";

    private final Map<Locale, Phrases> all = new HashMap<>();
    private final List<Locale> locales;

    Languages() {
        Control ofThisLanguageOnly = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);
        Stream.concat(Stream.of(Locale.ROOT), translated())
                .forEach(locale -> all.put(
                        locale,
                        new Phrases(ResourceBundle.getBundle(FOLDER + NAME, locale, ofThisLanguageOnly), locale)));
        locales = all.keySet().stream()
                .filter(locale -> !locale.equals(Locale.ROOT))
                .toList();
    }

    private static Stream<Locale> translated() {
        try {
            Resource[] files = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:" + FOLDER + NAME + "_*" + EXTENSION);
            return Stream.of(files).map(file -> locale(Objects.requireNonNull(file.getFilename())));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Locale locale(String file) {
        String language = file.substring(NAME.length() + 1, file.length() - EXTENSION.length());
        return Locale.forLanguageTag(language.replace('_', '-'));
    }

    /**
     * The language that a device asks for, or the nearest that there is (RFC 4647, section 3.4): {@code vi} for {@code vi-VN};
     * English for one that there is not.
     *
     * @param tag BCP 47, also with underscores, as some systems write it; null if the device did not say
     */
    Phrases of(@Nullable String tag) {
        return Objects.requireNonNull(all.get(nearest(tag)));
    }

    /** The tag of that language. */
    String tagOf(@Nullable String tag) {
        Locale nearest = nearest(tag);
        return nearest.equals(Locale.ROOT) ? Locale.ENGLISH.toLanguageTag() : nearest.toLanguageTag();
    }

    private Locale nearest(@Nullable String tag) {
        if (tag == null) {
            return Locale.ROOT;
        }
        // What is no tag becomes "und", of which there is no language.
        String wellFormed = Locale.forLanguageTag(tag.replace('_', '-')).toLanguageTag();
        return Objects.requireNonNullElse(Locale.lookup(LanguageRange.parse(wellFormed), locales), Locale.ROOT);
    }
}
