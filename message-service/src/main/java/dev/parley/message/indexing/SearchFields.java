package dev.parley.message.indexing;

import dev.parley.events.Block;
import dev.parley.message.encryption.ConversationEncryptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bson.Document;

/** What is stored with a message so that it is found by its words and by its files. A notice and a tombstone have neither. */
public final class SearchFields {

    /** The words of the text and of the names of files, with a blank between each two. */
    public static final String TEXT = "searchText";

    /** {@link #ANY_FILE}, and the kind of each attachment in their order. */
    public static final String FILES = "files";

    public static final String ANY_FILE = "any";

    private SearchFields() {}

    /** The fields that a message has. */
    public static Document of(List<Block> blocks, ConversationEncryptor encryptor) {
        Set<String> words = new LinkedHashSet<>();
        List<String> files = new ArrayList<>();
        for (Block block : blocks) {
            if (block instanceof Block.Text text) {
                words.addAll(SearchWords.of(text.plainText()));
            } else if (block instanceof Block.Media media) {
                words.addAll(SearchWords.of(media.filename()));
                files.add(kind(media.kind()));
            }
        }
        Document fields = new Document();
        if (!words.isEmpty()) {
            fields.append(TEXT, String.join(" ", encryptor.searchTokens(words)));
        }
        if (!files.isEmpty()) {
            files.add(0, ANY_FILE);
            fields.append(FILES, files);
        }
        return fields;
    }

    public static String kind(Block.MediaKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
