package dev.parley.standalone.backing;

import dev.parley.embedded.store.settings.Credentials;
import dev.parley.platform.boot.StartupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Passwords and keys that are made at the first start and stay the same. Each has a file of its own, in a folder beside the data
 * that they protect: a copy of the store alone gives nothing away.
 */
public final class SecretFiles {

    private static final String USER = "parley";
    private static final int BYTES = 32;
    private static final int FINGERPRINT_BYTES = 8;
    private static final Pattern PASSWORD = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{43}=");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;

    SecretFiles(Path folder) {
        this.folder = folder;
    }

    /** What the clients of the embedded store must know. */
    Credentials store() {
        return new Credentials(USER, password("store-password"));
    }

    /** What the clients of the embedded broker must know. */
    Credentials broker() {
        return new Credentials(USER, password("broker-password"));
    }

    /** Encrypts auth-service's signing keys in the store: 256 bits in base64. */
    public String signingWrappingKey() {
        return key("signing-wrapping-key");
    }

    /** Encrypts notification-service's VAPID key in the store: 256 bits in base64. */
    public String vapidWrappingKey() {
        return key("vapid-wrapping-key");
    }

    /** Encrypts the keys of conversations, where encryption is switched on: 256 bits in base64. */
    public String masterKey() {
        return key("master-key");
    }

    /** Whether something may be encrypted under {@link #masterKey}. */
    public boolean hasMasterKey() {
        return Files.exists(folder.resolve("master-key"));
    }

    /** Signs the addresses of files: 256 bits in base64. */
    public String fileUrlKey() {
        return key("file-url-key");
    }

    /**
     * By the names of the keys that are in use, what tells each from another and says nothing else of it: 64 bits of a digest of 256 random
     * bits.
     */
    public Map<String, String> fingerprints() throws IOException {
        if (!Files.exists(folder)) {
            return Map.of();
        }
        Map<String, String> fingerprints = new TreeMap<>();
        try (DirectoryStream<Path> keys = Files.newDirectoryStream(folder, "*-key")) {
            for (Path key : keys) {
                fingerprints.put(
                        key.getFileName().toString(),
                        fingerprint(Files.readString(key).strip()));
            }
        }
        return fingerprints;
    }

    private static String fingerprint(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private String password(String name) {
        return secret(name, PASSWORD, HexFormat.of()::formatHex);
    }

    private String key(String name) {
        return secret(name, KEY, Base64.getEncoder()::encodeToString);
    }

    private synchronized String secret(String name, Pattern form, Function<byte[], String> encoding) {
        Path file = folder.resolve(name);
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[BYTES];
                RANDOM.nextBytes(random);
                // On the disk before anything is encrypted under it.
                PrivateFiles.createFolder(folder);
                PrivateFiles.write(folder, name, encoding.apply(random) + "\n");
            }
            String secret = Files.readString(file).strip();
            if (!form.matcher(secret).matches()) {
                throw new StartupException(file + " is damaged: put the file back from a copy of the folder");
            }
            return secret;
        } catch (IOException unusable) {
            throw new StartupException(file + " cannot be used: " + unusable);
        }
    }
}
