package dev.parley.presence.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationReturned;
import dev.parley.presence.delivery.DeliveryTracker;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.membership.MembershipSettings;
import dev.parley.presence.membership.OnlineMembers;
import dev.parley.presence.membership.RoomRegistry;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.OutboundLimits;
import dev.parley.presence.transport.TransportMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventDispatcherTest {

    private final RoomRegistry rooms = new RoomRegistry();
    private final MemberRooms members =
            new MemberRooms(rooms, new MembershipSettings(Duration.ofMinutes(10), 100, 100));
    private final OnlineMembers online = new OnlineMembers(rooms, members);
    private final Fanout fanout =
            new Fanout(OutboundLimits.defaults(), new TransportMetrics(new SimpleMeterRegistry()));
    private final EventContext context =
            EventContext.unrecorded(new FanoutScope(rooms, members, fanout, (DeliveryTracker) null));
    private final List<String> told = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();

    @Test
    void aFailingRendererStopsNeitherOtherRenderersNorMembershipChanges() {
        EventRenderer broken = new EventRenderer() {
            @Override
            public void conversationDeleted(ConversationDeleted deleted, EventContext context) {
                throw new IllegalStateException("broken");
            }
        };
        EventRenderer other = new EventRenderer() {
            @Override
            public void conversationDeleted(ConversationDeleted deleted, EventContext context) {
                told.add("deleted");
            }
        };
        ConversationChangeListener brokenListener = new ConversationChangeListener() {
            @Override
            public void opened(String tenantId, String id, Collection<String> userIds) {
                throw new IllegalStateException("broken");
            }
        };
        ConversationChangeListener otherListener = new ConversationChangeListener() {
            @Override
            public void opened(String tenantId, String id, Collection<String> userIds) {
                told.add("opened");
            }
        };
        EventDispatcher dispatcher =
                new EventDispatcher(List.of(broken, other), List.of(brokenListener, otherListener), failures::add);
        UserKey anna = new UserKey("t", "anna");
        online.userOnline(anna, List.of());

        dispatcher.dispatch(new ConversationReturned("c", "t", List.of("anna")), context);
        assertThat(online.conversationsOf(anna)).contains("c");
        dispatcher.dispatch(new ConversationDeleted("c", "t", null, "x", List.of("anna")), context);

        assertThat(online.conversationsOf(anna)).doesNotContain("c");
        assertThat(told).containsExactly("opened", "deleted");
        assertThat(failures).hasSize(2);
    }
}
