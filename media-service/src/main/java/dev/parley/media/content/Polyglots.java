package dev.parley.media.content;

import dev.parley.media.file.FileKind;
import dev.parley.media.file.MimeTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Finds files that are of one type to those who check them and of another to those who open them. */
final class Polyglots {

    /** Where readers of PDF look for its mark (ISO 32000-1, annex H, note 13). */
    private static final int PDF_HEADER_LENGTH = 1024;

    /** What runs in a browser or on a server, wherever it stands. Shorter marks would be found in pictures by chance. */
    private static final Pattern MARKUP =
            Pattern.compile("<(?:script|iframe|html|body|!doctype html|\\?php)[\\s>/]", Pattern.CASE_INSENSITIVE);

    private static final List<String> ARCHIVES = List.of("Rar!\u001a\u0007", "7z\u00bc\u00af'\u001c");

    private Polyglots() {}

    /** @param type what the content is, by its first bytes */
    static boolean matches(String type, ContentSample sample) {
        if (MimeTypes.PDF.equals(type)) {
            return !sample.startsWith("%PDF-")
                    || hasMarkup(sample.text(PDF_HEADER_LENGTH))
                    || ZipEnd.of(sample).isPresent();
        }
        if (FileKind.of(type) != FileKind.DOCUMENT) {
            return isAlsoSomethingElse(sample) || isAlsoScript(type, sample);
        }
        return sample.startsWith("PK") ? isPdfToo(sample) : beginsWithMarkup(sample) || endsAsArchive(type, sample);
    }

    private static boolean isAlsoSomethingElse(ContentSample sample) {
        String head = text(sample.head());
        String tail = text(sample.tail());
        return isPdfToo(sample)
                || ZipEnd.of(sample).isPresent()
                || hasMarkup(head)
                || hasMarkup(tail)
                || ARCHIVES.stream().anyMatch(mark -> head.contains(mark) || tail.contains(mark));
    }

    private static boolean isPdfToo(ContentSample sample) {
        return sample.text(PDF_HEADER_LENGTH).contains("%PDF-");
    }

    /** Pictures whose first length is the beginning of a comment, so that they are JavaScript too. */
    private static boolean isAlsoScript(String type, ContentSample sample) {
        return switch (type) {
            case "image/gif" ->
                sample.hasAt(6, "/*") || sample.hasAt(6, "=") && sample.text(32).contains("/*");
            case "image/jpeg" -> sample.hasAt(3, "\u00e0/*");
            default -> false;
        };
    }

    /** Texts may tell of markup, but not begin with it. */
    private static boolean beginsWithMarkup(ContentSample sample) {
        return MARKUP.matcher(text(sample.head()).stripLeading()).lookingAt();
    }

    private static boolean endsAsArchive(String type, ContentSample sample) {
        return type.startsWith("text/") && ZipEnd.of(sample).isPresent();
    }

    private static boolean hasMarkup(String text) {
        return MARKUP.matcher(text).find();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
