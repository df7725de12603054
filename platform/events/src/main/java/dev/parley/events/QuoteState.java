package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;

/** What a quote shows of the message that it quotes, or why it shows nothing. */
public final class QuoteState extends OpenValue {

    /** The beginning of its text. */
    public static final QuoteState TEXT = new QuoteState("TEXT");
    /** The name of its first file: it has no text. */
    public static final QuoteState ATTACHMENT = new QuoteState("ATTACHMENT");
    /** There is nothing in it that fits into a line, as in one that its sender encrypted. */
    public static final QuoteState EMPTY = new QuoteState("EMPTY");
    /** It was deleted for everyone. */
    public static final QuoteState DELETED = new QuoteState("DELETED");
    /** It is not for the reader to see. */
    public static final QuoteState HIDDEN = new QuoteState("HIDDEN");
    /** It was not looked up: a list shows messages, not what they answer. */
    public static final QuoteState OMITTED = new QuoteState("OMITTED");

    private static final List<QuoteState> KNOWN = List.of(TEXT, ATTACHMENT, EMPTY, DELETED, HIDDEN, OMITTED);

    private QuoteState(String name) {
        super(name);
    }

    @JsonCreator
    public static QuoteState of(String name) {
        return find(name, KNOWN).orElseGet(() -> new QuoteState(name));
    }
}
