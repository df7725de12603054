package dev.parley.presence.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationReturned;
import dev.parley.presence.transport.Rooms;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationNarratorTest {

    private final Rooms rooms = new Rooms();
    private final MemberRooms members = new MemberRooms(rooms);
    private final List<String> told = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();

    @Test
    void aSurfaceThatFailsKeepsNeitherTheOthersNorTheRoomsFromGoingOn() {
        Surface broken = new Surface() {
            @Override
            public void conversationOpened(String tenantId, String id, Collection<String> userIds) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void conversationDeleted(ConversationDeleted deleted) {
                throw new IllegalStateException("broken");
            }
        };
        Surface other = new Surface() {
            @Override
            public void conversationOpened(String tenantId, String id, Collection<String> userIds) {
                told.add("opened");
            }

            @Override
            public void conversationDeleted(ConversationDeleted deleted) {
                told.add("deleted");
            }
        };
        ConversationNarrator narrator = new ConversationNarrator(List.of(broken, other), members, failures::add);
        OnlineUser anna = new OnlineUser("t", "anna");
        rooms.enter(anna);
        rooms.join(anna, RoomNames.ofUser("t", "anna"));

        narrator.tell(new ConversationReturned("c", "t", List.of("anna")));
        assertThat(rooms.of(anna)).contains(RoomNames.ofOnline("c"));
        narrator.tell(new ConversationDeleted("c", "t", null, "x", List.of("anna")));

        assertThat(rooms.of(anna)).doesNotContain(RoomNames.ofOnline("c"));
        assertThat(told).containsExactly("opened", "deleted");
        assertThat(failures).hasSize(2);
    }
}
