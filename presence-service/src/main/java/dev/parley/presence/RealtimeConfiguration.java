package dev.parley.presence;

import dev.parley.presence.delivery.DeliveryTracker;
import dev.parley.presence.device.Device;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.membership.OnlineMembers;
import dev.parley.presence.membership.RoomRegistry;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.transport.AddressLimiter;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.TransportMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the realtime core that all surfaces share. */
@Configuration(proxyBeanMethods = false)
class RealtimeConfiguration {

    @Bean
    RoomRegistry rooms(MeterRegistry meters) {
        RoomRegistry rooms = new RoomRegistry();
        Gauge.builder("parley.sockets.rooms", rooms, RoomRegistry::count)
                .description("Rooms of this node")
                .register(meters);
        Gauge.builder("parley.sockets.pending.bytes", rooms, all -> all.devices().allMembers().stream()
                        .mapToLong(Device::pendingBytes)
                        .sum())
                .description("Bytes that wait for clients")
                .register(meters);
        return rooms;
    }

    @Bean
    MemberRooms memberRooms(RoomRegistry rooms, PresenceSettings settings) {
        return new MemberRooms(rooms, settings.membership());
    }

    @Bean
    OnlineMembers onlineMembers(RoomRegistry rooms, MemberRooms members) {
        return new OnlineMembers(rooms, members);
    }

    @Bean
    TransportMetrics transportMetrics(MeterRegistry meters) {
        return new TransportMetrics(meters);
    }

    @Bean
    Fanout fanout(PresenceSettings settings, TransportMetrics metrics) {
        return new Fanout(settings.outbound(), metrics);
    }

    @Bean
    AddressLimiter addressLimiter(PresenceSettings settings, TransportMetrics metrics) {
        return new AddressLimiter(settings.addresses(), metrics);
    }

    @Bean
    FanoutScope fanoutScope(RoomRegistry rooms, MemberRooms members, Fanout fanout, DeliveryTracker deliveries) {
        return new FanoutScope(rooms, members, fanout, deliveries);
    }
}
