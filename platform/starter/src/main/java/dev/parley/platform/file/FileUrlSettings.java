package dev.parley.platform.file;

import dev.parley.platform.settings.SettingsCheck;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the addresses of files are made and signed. Every service that shows files has the same.
 *
 * @param publicUrl where clients reach the gateway
 * @param urlKeys keys that sign addresses, in Base64, 256 bits or more each. The first signs, all verify: a new key is put first, and
 *     the old one is taken away when what it signed has expired
 * @param urlWindow addresses expire at whole multiples of this, so that the same address is made for so long, and browsers find
 *     the file in their caches; of addresses that live shorter, at multiples of their lifetime
 * @param attachmentUrlLifetime how long the address of a message's file is good for at least
 * @param pictureUrlLifetime how long the address of an avatar or icon is good for at least
 */
@ConfigurationProperties("parley.files")
public record FileUrlSettings(
        @DefaultValue("http://localhost:8080") URI publicUrl,
        @DefaultValue List<String> urlKeys,
        @DefaultValue("1h") Duration urlWindow,
        @DefaultValue("24h") Duration attachmentUrlLifetime,
        @DefaultValue("15m") Duration pictureUrlLifetime) {

    private static final Duration SECOND = Duration.ofSeconds(1);

    public FileUrlSettings {
        urlKeys = List.copyOf(urlKeys);
        SettingsCheck.of("parley.files")
                .require(isPlainAddress(publicUrl), "public-url", "must be an address such as https://chat.example.org")
                .require(isAtLeastASecond(urlWindow), "url-window", "must be at least a second")
                .require(
                        isAtLeastASecond(attachmentUrlLifetime), "attachment-url-lifetime", "must be at least a second")
                .require(isAtLeastASecond(pictureUrlLifetime), "picture-url-lifetime", "must be at least a second");
    }

    private static boolean isPlainAddress(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getQuery() == null
                && url.getFragment() == null;
    }

    private static boolean isAtLeastASecond(Duration time) {
        return time.compareTo(SECOND) >= 0;
    }

    /** Where clients find what the gateway has at this path. */
    public String publicAddress(String path) {
        return publicUrl.toString().replaceAll("/+$", "") + path;
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "FileUrlSettings[publicUrl=" + publicUrl + ", urlKeys=" + urlKeys.size() + " ***]";
    }
}
