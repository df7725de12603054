package dev.parley.bench.media;

import dev.parley.bench.measure.ChildProcess;
import dev.parley.embedded.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** nginx on the loopback interface: it serves a folder, by itself and as a proxy before itself, and takes files by PUT. */
final class Nginx implements AutoCloseable {

    private static final int TRIES = 100;

    private static final String CONFIGURATION = """
            user %4$s;
            daemon off;
            worker_processes auto;
            pid %1$s/nginx.pid;
            error_log %1$s/nginx.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              client_max_body_size 0;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              proxy_max_temp_file_size 0;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              server {
                listen 127.0.0.1:%2$d;
                location /served/ { alias %3$s/; }
                location /proxied/ { proxy_pass http://127.0.0.1:%2$d/served/; }
                location /uploads/ { alias %1$s/uploads/; dav_methods PUT; }
              }
            }
            """;

    private final ChildProcess process;
    private final int port;

    /** @param folder for what it needs; @param served what it serves */
    Nginx(Path folder, Path served) throws Exception {
        this.port = FreePort.find();
        Files.createDirectories(folder.resolve("uploads"));
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(
                configuration, CONFIGURATION.formatted(folder, port, served, System.getProperty("user.name")));
        this.process = ChildProcess.start(
                List.of(
                        "/bin/sh",
                        "-c",
                        "echo starting; exec \"$@\"",
                        "sh",
                        "nginx",
                        "-p",
                        folder.toString(),
                        "-c",
                        configuration.toString()),
                Map.of(),
                "starting");
        awaitOpen();
    }

    private void awaitOpen() throws IOException, InterruptedException {
        for (int i = 0; ; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return;
            } catch (IOException notYet) {
                if (i == TRIES) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(TRIES);
            }
        }
    }

    String served(String name) {
        return "http://127.0.0.1:" + port + "/served/" + name;
    }

    String proxied(String name) {
        return "http://127.0.0.1:" + port + "/proxied/" + name;
    }

    String upload(String name) {
        return "http://127.0.0.1:" + port + "/uploads/" + name;
    }

    Duration cpu() {
        return process.cpu();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
