package dev.parley.presence.chatcore;

import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.event.EventConsumers;
import dev.parley.platform.event.EventPublisher;
import dev.parley.presence.FanoutSettings;
import dev.parley.presence.PresenceServiceApplication;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.HttpResources;

/** One more node of presence-service, on the same broker and store. */
final class OtherNode implements AutoCloseable {

    /** Whether the nodes that are started read only what the router writes to them. */
    static boolean directed;

    private final ConfigurableApplicationContext context;

    private OtherNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Returns when clients can connect. */
    static OtherNode start(String... properties) {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--parley.presence.drain-window=200ms",
                "--" + FanoutSettings.DIRECTED + "=" + directed,
                "--parley.presence.recovery.max-bytes=" + ChatServiceTest.MAX_RECENT_BYTES));
        Arrays.stream(properties).map(property -> "--" + property).forEach(settings::add);
        ChatServiceTest.parts((name, value) -> settings.add("--" + name + "=" + value.get()));
        SpringApplication service = PlatformService.of(PresenceServiceApplication.class, "presence-service");
        service.addInitializers(OtherNode::shareEventLoops);
        return new OtherNode(service.run(settings.toArray(String[]::new)));
    }

    /** The event loops are everybody's: a service that stops must not stop them. */
    private static void shareEventLoops(ConfigurableApplicationContext context) {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResources(HttpResources.get());
        resources.setConnectionProvider(HttpResources.get());
        context.getBeanFactory().registerSingleton("reactorResourceFactory", resources);
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    ApplicationContext context() {
        return context;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** From now on it says and hears nothing, as if it had been killed. */
    void fallSilent() {
        context.getBean(EventPublisher.class).close();
        context.getBean(EventConsumers.class).stop();
    }

    @Override
    public void close() {
        context.close();
    }
}
