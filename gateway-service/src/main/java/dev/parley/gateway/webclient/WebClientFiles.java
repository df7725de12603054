package dev.parley.gateway.webclient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The files that make the web client. Its page loads them from below {@code /v/<version>/}, and the version changes when any of
 * them does: so a browser may keep them, and opening the page again asks for nothing but the page.
 */
@Component
final class WebClientFiles {

    static final List<String> FOLDERS = List.of("app/", "styles/", "vendor/");
    private static final String ROOT = "/static/";
    private static final int HASH_LENGTH = 16;

    private final String version = version();
    private final byte[] page = page();
    private final String tag = '"' + hash(List.of(page)) + '"';

    /** The front page, which names the files with their version. */
    byte[] frontPage() {
        return page;
    }

    /** Changes with the front page or any of the files (RFC 9110, 8.8.3). */
    String frontPageTag() {
        return tag;
    }

    String currentVersion() {
        return version;
    }

    private byte[] page() {
        try {
            String page = new ClassPathResource("static/index.html").getContentAsString(StandardCharsets.UTF_8);
            for (String folder : FOLDERS) {
                page = page.replace("=\"" + folder, "=\"" + "v/" + version + "/" + folder);
            }
            return page.getBytes(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static String version() {
        try {
            SortedMap<String, Resource> files = new TreeMap<>();
            for (String folder : FOLDERS) {
                for (Resource file :
                        new PathMatchingResourcePatternResolver().getResources("classpath*:static/" + folder + "**")) {
                    String address = file.getURL().getPath();
                    if (!address.endsWith("/")) {
                        files.put(address.substring(address.lastIndexOf(ROOT)), file);
                    }
                }
            }
            List<byte[]> contents = new ArrayList<>();
            for (Resource file : files.values()) {
                contents.add(file.getContentAsByteArray());
            }
            return hash(contents);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static String hash(List<byte[]> contents) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            contents.forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
