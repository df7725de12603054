package dev.parley.bench.media;

import dev.parley.auth.AuthServiceApplication;
import dev.parley.bench.measure.ChildProcess;
import dev.parley.bench.measure.ServiceProcess;
import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.FreePort;
import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.gateway.GatewayServiceApplication;
import dev.parley.media.MediaServiceApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The part of the platform that files need: the gateway, media-service and auth-service in a process each, with limits that a
 * large file keeps. Store and broker run in this process, whose CPU time nobody measures.
 */
final class FilePlatform implements AutoCloseable {

    private static final int KEY_BYTES = 32;

    private final List<AutoCloseable> started = new ArrayList<>();
    private final List<String> shared = new ArrayList<>();
    private final List<String> options;
    private final int gatewayPort;
    private final int mediaPort;
    private final ChildProcess media;
    private final ChildProcess gateway;

    /**
     * Returns when all of it serves.
     *
     * @param options for the JVMs of the gateway and of media-service
     */
    FilePlatform(Path folder, List<String> options) throws Exception {
        this.options = options;
        EmbeddedStore store = EmbeddedStore.start(StoreSettings.at(folder.resolve("store")));
        started.add(store);
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), FreePort.find());
        started.add(broker);
        this.gatewayPort = FreePort.find();
        this.mediaPort = FreePort.find();
        int authPort = FreePort.find();
        shared.addAll(List.of(
                "--spring.mongodb.uri=" + store.uri() + "parley",
                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--parley.services.auth=http://127.0.0.1:" + authPort,
                "--parley.services.media=http://127.0.0.1:" + mediaPort,
                "--parley.service-secret=" + key(),
                "--parley.files.url-keys=" + key(),
                "--parley.files.public-url=" + gateway(),
                "--spring.profiles.active=standalone"));
        start(
                AuthServiceApplication.class,
                "auth-service",
                List.of("-Xmx256m"),
                "--server.port=" + authPort,
                "--spring.cloud.gateway.server.webflux.enabled=false",
                "--parley.auth.signing.wrapping-key=" + key());
        this.media = start(
                MediaServiceApplication.class,
                "media-service",
                options,
                "--server.port=" + mediaPort,
                "--spring.cloud.gateway.server.webflux.enabled=false",
                "--parley.media.storage.folder=" + folder.resolve("files"),
                "--parley.media.max-document-size=2GB",
                "--parley.media.user-quota=1TB",
                "--parley.requests.time-limit=10m");
        this.gateway = start(
                GatewayServiceApplication.class,
                "gateway-service",
                options,
                "--server.port=" + gatewayPort,
                "--parley.gateway.limits.upload=2GB",
                "--parley.gateway.upstream.response-timeout=60s",
                "--parley.gateway.upstream.upload-timeout=10m",
                "--parley.gateway.rate-limit.enabled=false");
    }

    private ChildProcess start(Class<?> application, String name, List<String> jvm, String... own) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(application.getName(), name));
        arguments.addAll(shared);
        arguments.addAll(List.of(own));
        ChildProcess process = ChildProcess.java(jvm, ServiceProcess.class, arguments.toArray(String[]::new));
        started.add(process);
        return process;
    }

    private static String key() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    String gateway() {
        return "http://127.0.0.1:" + gatewayPort;
    }

    /** The address of media-service in place of the gateway's. */
    String pastTheGateway(String url) {
        return url.replace(gateway(), "http://127.0.0.1:" + mediaPort);
    }

    /** The CPU time of the gateway and of media-service so far. */
    Duration cpu() {
        return gateway.cpu().plus(media.cpu());
    }

    /** The resident memory of the gateway and of media-service. */
    String residentMebibytes() throws IOException {
        return (gateway.residentBytes() >> 20) + " and " + (media.residentBytes() >> 20);
    }

    @Override
    public void close() throws Exception {
        for (int i = started.size() - 1; i >= 0; i--) {
            started.get(i).close();
        }
    }
}
