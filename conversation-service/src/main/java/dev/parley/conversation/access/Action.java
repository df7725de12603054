package dev.parley.conversation.access;

import dev.parley.conversation.Conversation.Settings;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Permission;
import dev.parley.events.ConversationKind;
import dev.parley.events.Participant.Role;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody may want to do in a conversation, each with the rule for it. In this order decide: whether the user is a
 * member, what the membership permits, the kind of the conversation, and the role. {@link Member#may} asks.
 */
public enum Action {
    /** See the conversation and its messages. */
    READ(Whom.MEMBERS_AND_FORMER_ONES, Permission.READ, Where.ANYWHERE, settings -> false),
    /** Mute, pin, clear, hide and mark as read, for oneself alone. */
    SET_PERSONAL_STATE(Whom.MEMBERS_AND_FORMER_ONES, Permission.READ, Where.ANYWHERE, settings -> false),
    /** A former member sees those who were there at the leaving. */
    LIST_MEMBERS(Whom.MEMBERS_AND_FORMER_ONES, Permission.READ, Where.ANYWHERE, settings -> false),
    SEND(Whom.MEMBERS, Permission.WRITE, Where.ANYWHERE, Settings::onlyAdminsCanMessage),
    /** Edit and delete one's own messages, and react to messages. */
    CHANGE_MESSAGES(Whom.MEMBERS, Permission.WRITE, Where.ANYWHERE, settings -> false),
    PIN_MESSAGES(Whom.MEMBERS, Permission.WRITE, Where.ANYWHERE, settings -> false),
    EDIT_OTHERS_MESSAGES(Whom.NOBODY, Permission.WRITE, Where.ANYWHERE, settings -> true),
    DELETE_OTHERS_MESSAGES(Whom.MEMBERS, Permission.WRITE, Where.IN_GROUPS, settings -> true),
    ADD_MEMBERS(Whom.MEMBERS, Permission.WRITE, Where.IN_GROUPS, Settings::onlyAdminsCanAddMembers),
    ADD_ADMINS(Whom.MEMBERS, Permission.WRITE, Where.IN_GROUPS, settings -> true),
    REMOVE_MEMBERS(Whom.MEMBERS, Permission.WRITE, Where.IN_GROUPS, settings -> true),
    CHANGE_ROLES(Whom.MEMBERS, Permission.WRITE, Where.IN_GROUPS, settings -> true),
    /** Change the name, description, icon and settings. */
    CHANGE_INFO(Whom.MEMBERS, Permission.WRITE, Where.IN_GROUPS, settings -> true),
    DELETE_FOR_EVERYBODY(Whom.MEMBERS, Permission.WRITE, Where.IN_GROUPS, settings -> true),
    LEAVE(Whom.MEMBERS, null, Where.IN_GROUPS, settings -> false);

    private enum Whom {
        MEMBERS,
        MEMBERS_AND_FORMER_ONES,
        NOBODY
    }

    private enum Where {
        ANYWHERE,
        IN_GROUPS
    }

    private final Whom whom;
    private final @Nullable Permission permission;
    private final Where where;
    private final Predicate<Settings> adminsOnly;

    Action(Whom whom, @Nullable Permission permission, Where where, Predicate<Settings> adminsOnly) {
        this.whom = whom;
        this.permission = permission;
        this.where = where;
        this.adminsOnly = adminsOnly;
    }

    /** Why a member may not do this; null if the member may. */
    @Nullable Refusal refusal(Member member) {
        Membership membership = member.membership();
        if (!membership.isThere()) {
            return Refusal.NOT_A_MEMBER;
        }
        if (!membership.active() && whom != Whom.MEMBERS_AND_FORMER_ONES) {
            return Refusal.NOT_A_MEMBER_ANY_MORE;
        }
        if (whom == Whom.NOBODY || permission != null && !membership.permits(permission)) {
            return Refusal.NOT_PERMITTED;
        }
        if (where == Where.IN_GROUPS && member.conversation().kind() != ConversationKind.GROUP) {
            return Refusal.NOT_A_GROUP;
        }
        return membership.role() != Role.ADMIN
                        && adminsOnly.test(member.conversation().settings())
                ? Refusal.NOT_AN_ADMIN
                : null;
    }
}
