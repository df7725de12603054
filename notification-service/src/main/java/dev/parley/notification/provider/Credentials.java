package dev.parley.notification.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Reads what providers give to those who may use them: files, as they are or in Base64. */
public final class Credentials {

    private static final int MAX_BYTES = 65_536;

    private Credentials() {}

    /**
     * @param file a path; empty for none
     * @param base64 what the file would hold; empty for none
     * @return empty if it cannot be read, and if there is none
     */
    public static Optional<String> read(String file, String base64) {
        return file.isEmpty() ? decoded(base64).map(Credentials::text) : text(file);
    }

    private static Optional<String> text(String file) {
        try {
            Path path = Path.of(file);
            return Files.isRegularFile(path) && Files.size(path) <= MAX_BYTES
                    ? Optional.of(Files.readString(path))
                    : Optional.empty();
        } catch (IOException | InvalidPathException unreadable) {
            return Optional.empty();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The bytes of a key in PEM (RFC 7468). */
    public static Optional<byte[]> pem(String text) {
        return text.contains("-----BEGIN ") ? decoded(text.replaceAll("-----[A-Z ]+-----", "")) : Optional.empty();
    }

    private static Optional<byte[]> decoded(String base64) {
        String letters = base64.replaceAll("\\s", "");
        try {
            return letters.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Base64.getDecoder().decode(letters));
        } catch (IllegalArgumentException otherLetters) {
            return Optional.empty();
        }
    }
}
