package dev.parley.presence.chatcore;

import dev.parley.platform.boot.PlatformService;
import dev.parley.presence.PresenceServiceApplication;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.HttpResources;

/** Another node of the service, on the same broker and store. */
final class OtherNode {

    private OtherNode() {}

    static ConfigurableApplicationContext start(String... properties) {
        List<String> settings = new ArrayList<>(List.of("--server.port=0"));
        for (String property : properties) {
            settings.add("--" + property);
        }
        ChatServiceTest.parts((name, value) -> settings.add("--" + name + "=" + value.get()));
        SpringApplication service = PlatformService.of(PresenceServiceApplication.class, "presence-service");
        service.addInitializers(OtherNode::shareEventLoops);
        return service.run(settings.toArray(String[]::new));
    }

    static int port(ConfigurableApplicationContext node) {
        return node.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** The event loops are everybody's: a service that stops must not stop them. */
    private static void shareEventLoops(ConfigurableApplicationContext context) {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResources(HttpResources.get());
        resources.setConnectionProvider(HttpResources.get());
        context.getBeanFactory().registerSingleton("reactorResourceFactory", resources);
    }
}
