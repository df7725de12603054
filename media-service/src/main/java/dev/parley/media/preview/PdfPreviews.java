package dev.parley.media.preview;

import dev.parley.media.preview.Preview.Format;
import dev.parley.media.preview.Preview.Thumbnail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** Has the first page of a PDF drawn by a JVM of its own, which is ended when its time is over. */
final class PdfPreviews {

    /** More is no small picture. */
    private static final int MAX_OUTPUT_LENGTH = 4 * 1024 * 1024;

    /** A JVM reserves much more address space than it uses: its heap is what is bounded. */
    private static final DataSize ADDRESS_SPACE = DataSize.ofGigabytes(4);

    private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    private final ChildProcess processes;
    private final PreviewSettings settings;

    PdfPreviews(PreviewSettings settings) {
        this.settings = settings;
        this.processes = new ChildProcess(settings.toolTimeout(), ADDRESS_SPACE);
    }

    /** @throws IOException if it cannot be read, or not in time, or not with that much memory */
    Preview of(Path file) throws IOException {
        byte[] page = processes.run(command(file), output -> output.readNBytes(MAX_OUTPUT_LENGTH));
        return page.length == 0 ? Preview.NONE : new Preview(null, null, null, new Thumbnail(page, Format.JPEG));
    }

    private List<String> command(Path file) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.pdfMemory().toMegabytes() + "m",
                "-XX:CompressedClassSpaceSize=64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(
                isOneJar()
                        ? List.of("-Dloader.main=" + PdfPage.class.getName(), LAUNCHER)
                        : List.of(PdfPage.class.getName()));
        command.addAll(List.of(file.toAbsolutePath().toString(), Integer.toString(settings.size())));
        return command;
    }

    /** Whether all of the service is in one jar, whose own loader finds the classes. */
    private static boolean isOneJar() {
        return PdfPreviews.class.getClassLoader().getClass().getName().startsWith("org.springframework.boot.loader");
    }
}
