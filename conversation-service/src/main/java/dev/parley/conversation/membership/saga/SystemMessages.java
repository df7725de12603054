package dev.parley.conversation.membership.saga;

import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.events.UserSummary;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the contents of system messages about membership changes, with a text for clients that show no more than text. */
public final class SystemMessages {

    /** How many members the text names; the content names all. */
    private static final int MAX_NAMED = 3;

    private SystemMessages() {}

    public static Block.Notice added(UserSummary actor, List<Participant> members) {
        return new Block.Notice(NoticeKind.MEMBERS_ADDED, members, actor.displayName() + " added " + names(members));
    }

    public static Block.Notice removed(UserSummary actor, Participant member) {
        return new Block.Notice(
                NoticeKind.MEMBER_REMOVED, List.of(member), actor.displayName() + " removed " + name(member));
    }

    public static Block.Notice left(Participant member) {
        return new Block.Notice(NoticeKind.MEMBER_LEFT, List.of(member), name(member) + " left");
    }

    /** @param member with the role from now on */
    public static Block.Notice roleChanged(Participant member) {
        String what = member.role() == Role.ADMIN ? " is now an admin" : " is no longer an admin";
        return new Block.Notice(NoticeKind.ROLE_CHANGED, List.of(member), name(member) + what);
    }

    private static String names(List<Participant> members) {
        if (members.size() == 1) {
            return name(members.get(0));
        }
        int named = members.size() > MAX_NAMED ? MAX_NAMED - 1 : members.size() - 1;
        String first = members.stream().limit(named).map(SystemMessages::name).collect(Collectors.joining(", "));
        String rest = members.size() > MAX_NAMED ? members.size() - named + " others" : name(members.get(named));
        return first + " and " + rest;
    }

    private static String name(Participant member) {
        return member.user().displayName();
    }
}
