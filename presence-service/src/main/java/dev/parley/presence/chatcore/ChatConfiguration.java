package dev.parley.presence.chatcore;

import dev.parley.platform.file.FileUrls;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.session.DrainOnShutdown;
import dev.parley.presence.socketio.Namespace;
import dev.parley.presence.socketio.SocketIoForm;
import dev.parley.presence.socketio.SocketIoServer;
import dev.parley.presence.transport.AddressLimiter;
import dev.parley.presence.transport.Fanout;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

    private static final String NAMESPACE = "/chat";

    @Bean
    SocketIoServer socketIoServer(PresenceSettings settings, JsonMapper json, Fanout fanout, AddressLimiter addresses) {
        return new SocketIoServer(settings.socketIo(), json, fanout, addresses);
    }

    @Bean
    HandlerMapping socketIoMapping(SocketIoServer server) {
        return server.handlerMapping();
    }

    @Bean
    DrainOnShutdown socketIoDrain(SocketIoServer server, PresenceSettings settings) {
        return new DrainOnShutdown(server, settings.drainWindow());
    }

    @Bean
    ChatSurface chatSurface(
            SocketIoServer server,
            ChatCommands commands,
            ServiceClients clients,
            ServiceAddresses services,
            FileUrls urls) {
        SocketIoForm form = server.form(NAMESPACE);
        ChatWire wire = new ChatWire(form);
        return new ChatSurface(
                form,
                commands,
                List.of(
                        new MessageChangeRenderer(wire, urls),
                        new ConversationDeletionRenderer(wire),
                        new FileRenderer(wire),
                        new InvitationRenderer(wire),
                        new MessageRenderer(wire, urls),
                        new MembershipRenderer(wire, urls),
                        new PresenceRenderer(wire),
                        new ProfileRenderer(wire, urls),
                        new ReceiptRenderer(wire),
                        new TypingRenderer(wire, urls)),
                new ChatConversations(clients, services, wire));
    }

    @Bean
    Namespace chat(SocketIoServer server, ChatNamespace handler) {
        return server.namespace(NAMESPACE, handler);
    }
}
