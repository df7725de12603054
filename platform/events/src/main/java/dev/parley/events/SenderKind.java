package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;

/** What the sender of a message is. */
public final class SenderKind extends OpenValue {

    public static final SenderKind USER = new SenderKind("USER");
    public static final SenderKind BOT = new SenderKind("BOT");
    public static final SenderKind SYSTEM = new SenderKind("SYSTEM");

    private static final List<SenderKind> KNOWN = List.of(USER, BOT, SYSTEM);

    private SenderKind(String name) {
        super(name);
    }

    @JsonCreator
    public static SenderKind of(String name) {
        return find(name, KNOWN).orElseGet(() -> new SenderKind(name));
    }
}
