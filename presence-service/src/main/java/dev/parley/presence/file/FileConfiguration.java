package dev.parley.presence.file;

import dev.parley.events.FileProcessed;
import dev.parley.events.Topics;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.EventSubscription;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.FanoutScope;
import dev.parley.presence.surface.LiveSurfaces;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
class FileConfiguration {

    @Bean
    EventSubscription processedFiles(LiveSurfaces surfaces, FanoutScope scope) {
        EventHandler handler = batch -> Mono.fromRunnable(() -> batch.forEach(received -> {
            if (received.data() instanceof FileProcessed file) {
                surfaces.render(
                        () -> "what became of the file " + file.fileId(),
                        renderer -> renderer.fileProcessed(file, EventContext.unrecorded(scope)));
            }
        }));
        return EventSubscription.broadcast(Topics.FILES, handler);
    }
}
