package dev.parley.media.preview;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How loud a sound is from its beginning to its end. It is worked out while the samples come, so it needs little memory. */
final class Waveform {

    static final int SAMPLE_RATE = 8_000;

    /** How many numbers it is told by. */
    static final int LEVELS = 64;

    private static final int SAMPLES_PER_WINDOW = SAMPLE_RATE / 100;

    /** The loudest sample of each window. */
    private short[] windows = new short[1024];

    private int count;
    private long samples;

    /** @param sound one channel of signed 16-bit samples, the lower byte first */
    static Waveform of(InputStream sound) throws IOException {
        Waveform waveform = new Waveform();
        byte[] buffer = new byte[2 * SAMPLES_PER_WINDOW];
        for (int length = sound.readNBytes(buffer, 0, buffer.length);
                length >= 2;
                length = sound.readNBytes(buffer, 0, buffer.length)) {
            waveform.add(buffer, length / 2);
        }
        return waveform;
    }

    private void add(byte[] buffer, int length) {
        int loudest = 0;
        for (int i = 0; i < length; i++) {
            int sample = (short) (buffer[2 * i] & 0xff | buffer[2 * i + 1] << 8);
            loudest = Math.max(loudest, Math.abs(sample));
        }
        if (count == windows.length) {
            windows = Arrays.copyOf(windows, 2 * count);
        }
        windows[count++] = (short) Math.min(loudest, Short.MAX_VALUE);
        samples += length;
    }

    double duration() {
        return (double) samples / SAMPLE_RATE;
    }

    /** From 0 to 1, the loudest being 1; empty if there is no sound. */
    List<Double> levels() {
        if (count == 0) {
            return List.of();
        }
        int loudest = 1;
        for (int i = 0; i < count; i++) {
            loudest = Math.max(loudest, windows[i]);
        }
        List<Double> levels = new ArrayList<>(LEVELS);
        for (int i = 0; i < LEVELS; i++) {
            int from = (int) ((long) i * count / LEVELS);
            int to = Math.max(from + 1, (int) ((long) (i + 1) * count / LEVELS));
            int level = 0;
            for (int window = from; window < to; window++) {
                level = Math.max(level, windows[window]);
            }
            levels.add(Math.round(100.0 * level / loudest) / 100.0);
        }
        return levels;
    }
}
