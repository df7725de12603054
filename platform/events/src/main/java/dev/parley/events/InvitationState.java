package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;

/** What became of an invitation. */
public final class InvitationState extends OpenValue {

    /** The user was asked. */
    public static final InvitationState OPEN = new InvitationState("OPEN");
    /** The user has come into the conversation. */
    public static final InvitationState ACCEPTED = new InvitationState("ACCEPTED");
    /** The user does not want to, for now. */
    public static final InvitationState DECLINED = new InvitationState("DECLINED");
    /** The user is asked no more. */
    public static final InvitationState WITHDRAWN = new InvitationState("WITHDRAWN");

    private static final List<InvitationState> KNOWN = List.of(OPEN, ACCEPTED, DECLINED, WITHDRAWN);

    private InvitationState(String name) {
        super(name);
    }

    @JsonCreator
    public static InvitationState of(String name) {
        return find(name, KNOWN).orElseGet(() -> new InvitationState(name));
    }
}
