package dev.parley.presence.live;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.socketio.SocketIoServer;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.Recipient;
import dev.parley.presence.transport.Rooms;
import dev.parley.presence.transport.TransportMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class SocketConfiguration {

    @Bean
    Rooms rooms(MeterRegistry meters) {
        Rooms rooms = new Rooms();
        meters.gauge("parley.sockets.rooms", rooms, Rooms::count);
        meters.gauge("parley.sockets.pending.bytes", rooms, all -> all.everybody().stream()
                .mapToLong(Recipient::pendingBytes)
                .sum());
        return rooms;
    }

    @Bean
    Fanout fanout(PresenceSettings settings, MeterRegistry meters) {
        return new Fanout(settings.outbound(), new TransportMetrics(meters));
    }

    @Bean
    SocketIoServer socketIoServer(PresenceSettings settings, JsonMapper json, Fanout fanout) {
        return new SocketIoServer(settings.socketIo(), json, fanout);
    }

    @Bean
    HandlerMapping socketIoMapping(SocketIoServer server) {
        return server.handlerMapping();
    }

    @Bean
    SocketShutdown socketShutdown(SocketIoServer server, PresenceSettings settings) {
        return new SocketShutdown(server, settings.drainWindow());
    }

    @Bean
    EventSubscription conversationEvents(LiveEvents events, PresenceSettings settings) {
        return EventSubscription.broadcast(
                Topics.CONVERSATIONS, settings.recovery().lookBack(), events);
    }
}
