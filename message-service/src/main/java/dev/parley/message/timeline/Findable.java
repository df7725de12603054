package dev.parley.message.timeline;

import dev.parley.events.Block;
import dev.parley.message.encryption.Sealer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bson.Document;

/** What is stored with a message so that it is found by its words and by its files. A notice and a tombstone have neither. */
final class Findable {

    /** The words of the text and of the names of files, with a blank between each two. */
    static final String TEXT = "searchText";

    /** {@link #ANY_FILE}, and the kind of each attachment in their order. */
    static final String FILES = "files";

    static final String ANY_FILE = "any";

    private Findable() {}

    /** The fields that a message has. */
    static Document fieldsOf(Message message, Sealer sealer) {
        Set<String> words = new LinkedHashSet<>();
        List<String> files = new ArrayList<>();
        for (Block block : message.blocks()) {
            if (block instanceof Block.Text text) {
                words.addAll(SearchWords.of(text.plainText()));
            } else if (block instanceof Block.Media media) {
                words.addAll(SearchWords.of(media.filename()));
                files.add(kind(media.kind()));
            }
        }
        Document fields = new Document();
        if (!words.isEmpty()) {
            fields.append(TEXT, String.join(" ", sealer.words(words)));
        }
        if (!files.isEmpty()) {
            files.add(0, ANY_FILE);
            fields.append(FILES, files);
        }
        return fields;
    }

    static String kind(Block.MediaKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
