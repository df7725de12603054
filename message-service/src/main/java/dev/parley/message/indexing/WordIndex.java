package dev.parley.message.indexing;

import org.bson.Document;
import org.springframework.data.mongodb.core.index.IndexDefinition;

/**
 * The index of the words of messages. It begins with the conversation, so that a search in one conversation neither reads
 * nor pays for what is in others.
 */
public final class WordIndex implements IndexDefinition {

    private static final String TEXT = "text";

    @Override
    public Document getIndexKeys() {
        return new Document("conversationId", 1).append(SearchFields.TEXT, TEXT);
    }

    /** Without a language: words are stored as they are to be found, so the store must not reduce them to their stems. */
    @Override
    public Document getIndexOptions() {
        return new Document("name", "words").append("default_language", "none");
    }
}
