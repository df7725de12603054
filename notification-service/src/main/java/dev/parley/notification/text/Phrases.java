package dev.parley.notification.text;

import java.text.MessageFormat;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;

/** The phrases of one language. */
final class Phrases {

    private final Map<Phrase, MessageFormat> formats = new EnumMap<>(Phrase.class);

    Phrases(ResourceBundle bundle, Locale locale) {
        for (Phrase phrase : Phrase.values()) {
            formats.put(phrase, new MessageFormat(bundle.getString(phrase.key()), locale));
        }
    }

    /** A format is for one thread, so each use has a copy. */
    String say(Phrase phrase, Object... arguments) {
        MessageFormat format =
                (MessageFormat) Objects.requireNonNull(formats.get(phrase)).clone();
        return format.format(arguments);
    }
}
