package dev.parley.bench.media;

import dev.parley.bench.client.ChatClient;
import dev.parley.bench.measure.Machine;
import dev.parley.bench.measure.TempFolder;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.bson.Document;

/**
 * How many thumbnails of photos media-service makes in a second, from the first upload until the last one is announced.
 *
 * <p>Arguments: the number of turns, and the photos of each.
 */
public final class ThumbnailBenchmark {

    private static final int WIDTH = 4000;
    private static final int HEIGHT = 3000;
    private static final int SHAPES = 3_000;
    private static final long POLL_MILLIS = 20;
    private static final double NANOS = 1e9;

    private ThumbnailBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int turns = Integer.parseInt(arguments[0]);
        int photos = Integer.parseInt(arguments[1]);
        try (TempFolder folder = TempFolder.create();
                FilePlatform platform = new FilePlatform(folder.path(), List.of("-Xmx256m"))) {
            Path photo = photo(folder.path().resolve("photo.jpg"));
            System.out.println("A photo of 12 megapixels has " + (Files.size(photo) >> 10) + " KiB");
            ChatClient user = ChatClient.register(platform.gateway());
            System.out.println("thumbnails/s  CPU ms each  load");
            for (int turn = 0; turn < turns; turn++) {
                measure(platform, user, photo, photos);
            }
        }
        System.exit(0);
    }

    private static void measure(FilePlatform platform, ChatClient user, Path photo, int photos) throws Exception {
        double load = Machine.load();
        Duration before = platform.cpu();
        long start = System.nanoTime();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < photos; i++) {
            Document announced = user.call(
                    "POST",
                    "/api/v1/storage/presigned-url",
                    new Document("filename", "photo.jpg")
                            .append("mimeType", "image/jpeg")
                            .append("size", Files.size(photo)));
            Transfer.upload(announced.getString("uploadUrl"), photo, "image/jpeg");
            ids.add(announced.getString("fileId"));
            user.call("POST", "/api/v1/storage/files/" + announced.getString("fileId") + "/confirm", new Document());
        }
        for (String id : ids) {
            while (user.call("GET", "/api/v1/storage/files/" + id, new Document())
                            .getString("thumbnailUrl")
                    == null) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
        double seconds = (System.nanoTime() - start) / NANOS;
        double used = platform.cpu().minus(before).toNanos() / NANOS;
        System.out.printf(Locale.ROOT, "%12.1f  %11.0f  %4.1f%n", photos / seconds, used * 1000 / photos, load);
        ids.forEach(id -> user.call("DELETE", "/api/v1/storage/files/" + id, new Document()));
    }

    /** Areas and edges, as a photo has them, and always the same. */
    private static Path photo(Path file) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.CYAN, WIDTH, HEIGHT, Color.ORANGE));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        Random random = new Random(1);
        for (int i = 0; i < SHAPES; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillOval(random.nextInt(WIDTH), random.nextInt(HEIGHT), random.nextInt(99), random.nextInt(99));
        }
        graphics.dispose();
        ImageIO.write(image, "jpg", file.toFile());
        return file;
    }
}
