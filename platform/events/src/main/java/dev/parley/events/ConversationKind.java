package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;

/** What a conversation is: between two users, among many, or a user's notes to self. */
public final class ConversationKind extends OpenValue {

    public static final ConversationKind DIRECT = new ConversationKind("DIRECT");
    public static final ConversationKind GROUP = new ConversationKind("GROUP");
    public static final ConversationKind SELF = new ConversationKind("SELF");

    private static final List<ConversationKind> KNOWN = List.of(DIRECT, GROUP, SELF);

    private ConversationKind(String name) {
        super(name);
    }

    @JsonCreator
    public static ConversationKind of(String name) {
        return find(name, KNOWN).orElseGet(() -> new ConversationKind(name));
    }
}
