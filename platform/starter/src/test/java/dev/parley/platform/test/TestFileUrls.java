package dev.parley.platform.test;

import dev.parley.platform.file.FileUrlSettings;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.UrlSignatures;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/** Makes addresses of files for tests that start no service: always the same ones, with a key that nothing else has. */
public final class TestFileUrls {

    private static final FileUrlSettings SETTINGS = new FileUrlSettings(
            URI.create("https://chat.example.org"),
            List.of(Base64.getEncoder().encodeToString(new byte[32])),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofMinutes(15));

    public static final FileUrls URLS = new FileUrls(
            SETTINGS, new UrlSignatures(SETTINGS), InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z")));

    private TestFileUrls() {}
}
