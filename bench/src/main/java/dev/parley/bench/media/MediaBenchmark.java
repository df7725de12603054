package dev.parley.bench.media;

import dev.parley.bench.client.ChatClient;
import dev.parley.bench.measure.Machine;
import dev.parley.bench.measure.TempFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.bson.Document;

/**
 * Uploads and downloads of a large file through the gateway, several at once, in turns with nginx, which serves the same file.
 *
 * <p>Arguments: the number of turns, the MiB of the file, how many at once, and options for the JVMs of the gateway and of
 * media-service.
 */
public final class MediaBenchmark {

    private static final String NAME = "large.txt";
    private static final String TYPE = "text/plain";
    private static final String LINE = "A line of a large file, which is text so that no preview is made of it.\n";
    private static final double MEBI = 1 << 20;
    private static final double NANOS = 1e9;

    private final int atOnce;
    private final Path file;
    private final long size;
    private final ExecutorService threads;
    private final Map<String, List<Double>> speeds = new TreeMap<>();

    private MediaBenchmark(int atOnce, Path file) throws IOException {
        this.atOnce = atOnce;
        this.file = file;
        this.size = Files.size(file);
        this.threads = Executors.newFixedThreadPool(atOnce);
    }

    public static void main(String[] arguments) throws Exception {
        int turns = Integer.parseInt(arguments[0]);
        List<String> options = new ArrayList<>(List.of("-Xmx256m"));
        options.addAll(List.of(arguments).subList(3, arguments.length));
        try (TempFolder temp = TempFolder.create();
                FilePlatform platform = new FilePlatform(temp.path(), options)) {
            Path folder = temp.path();
            Path served = Files.createDirectory(folder.resolve("served"));
            Path file = text(served.resolve(NAME), Long.parseLong(arguments[1]) << 20);
            try (Nginx nginx = new Nginx(folder.resolve("nginx"), served)) {
                new MediaBenchmark(Integer.parseInt(arguments[2]), file).run(turns, platform, nginx);
            }
        }
        System.exit(0);
    }

    private static Path text(Path file, long size) throws IOException {
        byte[] line = LINE.getBytes(StandardCharsets.US_ASCII);
        try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (long left = size; left > 0; left -= line.length) {
                output.write(line, 0, (int) Math.min(line.length, left));
            }
        }
        return file;
    }

    private void run(int turns, FilePlatform platform, Nginx nginx) throws Exception {
        ChatClient user = ChatClient.register(platform.gateway());
        String id = upload(user);
        String url = user.call("GET", "/api/v1/storage/files/" + id + "/url?expiresIn=86400", new Document())
                .getString("url");
        Supplier<Duration> platformCpu = platform::cpu;
        System.out.println("                     MiB/s   CPU s/GiB  load");
        for (int turn = 0; turn < turns; turn++) {
            measure("upload nginx", nginx::cpu, i -> () -> sendToNginx(nginx.upload("file-" + i)));
            List<String> sent = new ArrayList<>();
            measure("upload Parley", platformCpu, i -> () -> {
                String uploaded = upload(user);
                synchronized (sent) {
                    sent.add(uploaded);
                }
                return null;
            });
            sent.forEach(one -> user.call("DELETE", "/api/v1/storage/files/" + one, new Document()));
            measure("download nginx", nginx::cpu, i -> () -> load(nginx.served(NAME)));
            measure("download nginx x2", nginx::cpu, i -> () -> load(nginx.proxied(NAME)));
            measure("download media", platformCpu, i -> () -> load(platform.pastTheGateway(url)));
            measure("download Parley", platformCpu, i -> () -> load(url));
        }
        threads.shutdown();
        System.out.println("MiB resident, gateway and media-service: " + platform.residentMebibytes());
        System.out.printf(
                Locale.ROOT,
                "Parley to nginx (medians): upload %.2f, download %.2f; past the gateway %.2f; nginx as a proxy %.2f%n",
                ratio("upload Parley", "upload nginx"),
                ratio("download Parley", "download nginx"),
                ratio("download media", "download nginx"),
                ratio("download nginx x2", "download nginx"));
    }

    private interface Numbered {
        Callable<Void> of(int number);
    }

    private void measure(String name, Supplier<Duration> cpu, Numbered transfer) throws Exception {
        double load = Machine.load();
        Duration before = cpu.get();
        long start = System.nanoTime();
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            all.add(threads.submit(transfer.of(i)));
        }
        for (Future<Void> one : all) {
            one.get();
        }
        double seconds = (System.nanoTime() - start) / NANOS;
        double used = cpu.get().minus(before).toNanos() / NANOS;
        double mebibytes = atOnce * size / MEBI;
        speeds.computeIfAbsent(name, any -> new ArrayList<>()).add(mebibytes / seconds);
        System.out.printf(
                Locale.ROOT,
                "%-18s  %6.0f  %10.2f  %4.1f%n",
                name,
                mebibytes / seconds,
                used * (1 << 10) / mebibytes,
                load);
    }

    private double ratio(String one, String other) {
        return median(one) / median(other);
    }

    private double median(String name) {
        List<Double> sorted =
                speeds.getOrDefault(name, List.of(Double.NaN)).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** As clients do it: announced, sent, confirmed. Returns the file's id. */
    private String upload(ChatClient user) throws IOException {
        Document announced = user.call(
                "POST",
                "/api/v1/storage/presigned-url",
                new Document("filename", NAME).append("mimeType", TYPE).append("size", size));
        Transfer.upload(announced.getString("uploadUrl"), file, TYPE);
        String id = announced.getString("fileId");
        user.call("POST", "/api/v1/storage/files/" + id + "/confirm", new Document());
        return id;
    }

    private Void sendToNginx(String url) throws IOException {
        Transfer.upload(url, file, TYPE);
        return null;
    }

    private Void load(String url) throws IOException {
        long loaded = Transfer.download(url);
        if (loaded != size) {
            throw new IOException(loaded + " of " + size + " bytes came from " + url);
        }
        return null;
    }
}
