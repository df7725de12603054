package dev.parley.media.preview;

import dev.parley.media.content.ImageSize;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads videos and sounds by ffmpeg and ffprobe. They get a file of a known format and open nothing else: no network, and no
 * format that names other files, such as a play list.
 */
final class MediaTools {

    private static final JsonMapper JSON = new JsonMapper();

    /** More is no answer of ffprobe and no small picture. */
    private static final int MAX_OUTPUT_LENGTH = 4 * 1024 * 1024;

    /** Seconds of a sound whose waveform is worked out. */
    private static final int MAX_SOUND_LENGTH = 2 * 60 * 60;

    /** A film often begins in black. */
    private static final double POSTER_AT = 1;

    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("video/mp4", "mov"),
            Map.entry("video/quicktime", "mov"),
            Map.entry("video/3gpp", "mov"),
            Map.entry("audio/mp4", "mov"),
            Map.entry("video/webm", "matroska"),
            Map.entry("video/matroska", "matroska"),
            Map.entry("audio/webm", "matroska"),
            Map.entry("video/ogg", "ogg"),
            Map.entry("audio/ogg", "ogg"),
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("audio/aac", "aac"),
            Map.entry("audio/wav", "wav"),
            Map.entry("audio/flac", "flac"));

    /** What the header of a file says. */
    record Header(@Nullable ImageSize size, @Nullable Double duration) {}

    private final PreviewSettings settings;
    private final ChildProcess processes;

    MediaTools(PreviewSettings settings) {
        this.settings = settings;
        this.processes = new ChildProcess(settings.toolTimeout(), settings.toolMemory());
    }

    boolean canRead(String mimeType) {
        return FORMATS.containsKey(mimeType) && isInstalled(settings.ffmpeg()) && isInstalled(settings.ffprobe());
    }

    private static boolean isInstalled(String program) {
        if (program.indexOf(File.separatorChar) >= 0) {
            return Files.isExecutable(Path.of(program));
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    Header header(Path file, String mimeType) throws IOException {
        List<String> command = new ArrayList<>(List.of(settings.ffprobe(), "-v", "error"));
        command.addAll(input(file, mimeType));
        command.addAll(List.of("-of", "json", "-show_streams", "-show_entries", "format=duration"));
        byte[] answer = processes.run(command, output -> output.readNBytes(MAX_OUTPUT_LENGTH));
        try {
            JsonNode json = JSON.readTree(answer);
            return new Header(size(json), duration(json.path("format").path("duration")));
        } catch (JacksonException cutOff) {
            throw new IOException("ffprobe wrote no JSON", cutOff);
        }
    }

    private static @Nullable ImageSize size(JsonNode json) {
        for (JsonNode stream : json.path("streams")) {
            int width = stream.path("width").asInt(0);
            int height = stream.path("height").asInt(0);
            if (stream.path("codec_type").asString("").equals("video") && width > 0 && height > 0) {
                return isTurned(stream) ? new ImageSize(height, width) : new ImageSize(width, height);
            }
        }
        return null;
    }

    private static boolean isTurned(JsonNode stream) {
        for (JsonNode side : stream.path("side_data_list")) {
            if (Math.abs(side.path("rotation").asInt(0)) % 180 == 90) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Double duration(JsonNode seconds) {
        try {
            double value = Double.parseDouble(seconds.asString(""));
            return Double.isFinite(value) && value > 0 ? value : null;
        } catch (NumberFormatException unknown) {
            return null;
        }
    }

    /** A picture of a film, as JPEG. */
    byte[] poster(Path file, String mimeType, Header header, int size) throws IOException {
        double at = header.duration() == null ? 0 : Math.min(POSTER_AT, header.duration() / 2);
        List<String> command = new ArrayList<>(ffmpeg());
        command.addAll(List.of("-ss", Double.toString(at)));
        command.addAll(input(file, mimeType));
        String scale = "scale='min(" + size + ",iw)':'min(" + size + ",ih)':force_original_aspect_ratio=decrease";
        command.addAll(List.of("-map", "0:v:0", "-frames:v", "1", "-vf", scale, "-map_metadata", "-1"));
        command.addAll(List.of("-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "4", "-f", "image2pipe", "pipe:1"));
        byte[] picture = processes.run(command, output -> output.readNBytes(MAX_OUTPUT_LENGTH));
        if (picture.length == 0) {
            throw new IOException("There is no picture in the film");
        }
        return picture;
    }

    Waveform waveform(Path file, String mimeType) throws IOException {
        List<String> command = new ArrayList<>(ffmpeg());
        command.addAll(input(file, mimeType));
        command.addAll(List.of("-map", "0:a:0", "-t", Integer.toString(MAX_SOUND_LENGTH), "-ac", "1"));
        command.addAll(List.of("-ar", Integer.toString(Waveform.SAMPLE_RATE), "-f", "s16le", "pipe:1"));
        return processes.run(command, Waveform::of);
    }

    private List<String> ffmpeg() {
        return List.of(settings.ffmpeg(), "-nostdin", "-v", "error", "-threads", "1");
    }

    private static List<String> input(Path file, String mimeType) {
        String format = FORMATS.get(mimeType);
        if (format == null) {
            throw new IllegalArgumentException("No format of " + mimeType);
        }
        return List.of("-protocol_whitelist", "file,pipe", "-f", format, "-i", "file:" + file);
    }
}
