package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.List;

/** Somebody in a conversation. */
public record Participant(UserSummary user, Role role, Instant joinedAt) {

    /** What a participant may do beyond taking part. Whoever has an unknown one may do what a member may. */
    public static final class Role extends OpenValue {

        public static final Role ADMIN = new Role("ADMIN");
        public static final Role MEMBER = new Role("MEMBER");

        private static final List<Role> KNOWN = List.of(ADMIN, MEMBER);

        private Role(String name) {
            super(name);
        }

        @JsonCreator
        public static Role of(String name) {
            return find(name, KNOWN).orElseGet(() -> new Role(name));
        }

        /** Those that this version knows. */
        public static List<Role> values() {
            return KNOWN;
        }
    }
}
