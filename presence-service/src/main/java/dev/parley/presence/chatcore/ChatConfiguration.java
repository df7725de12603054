package dev.parley.presence.chatcore;

import dev.parley.presence.recovery.Timeline;
import dev.parley.presence.socketio.Namespace;
import dev.parley.presence.socketio.SocketIoServer;
import dev.parley.presence.transport.Rooms;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

    @Bean
    Namespace chat(SocketIoServer server, ChatHandler handler, Rooms rooms) {
        return server.namespace("/chat", handler, rooms);
    }

    @Bean
    Stream stream(Namespace chat, Timeline timeline) {
        return new Stream(chat, timeline.place());
    }
}
