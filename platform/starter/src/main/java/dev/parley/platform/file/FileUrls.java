package dev.parley.platform.file;

import dev.parley.platform.settings.FromSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of files: signed, and good for a while. Whoever has one may load the file, without a token. They are made where something is
 * shown, and nowhere stored.
 */
public final class FileUrls implements FromSettings {

    /** Where files are served, behind the public address of the platform; the id of the file follows. */
    public static final String PATH = "/api/v1/storage/content/";

    private static final String PURPOSE = "content";
    private static final Duration ALMOST_A_SECOND = Duration.ofSeconds(1).minusNanos(1);

    /** Which form of a file. */
    public enum Variant {
        ORIGINAL,
        THUMBNAIL;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Variant> named(String wireName) {
            return Stream.of(values())
                    .filter(variant -> variant.wireName().equals(wireName))
                    .findFirst();
        }
    }

    /** An address, and until when it is good. */
    public record SignedUrl(String url, Instant expiresAt) {}

    /** What an address turns out to be. */
    public enum Check {
        VALID,
        /** It was right once. */
        EXPIRED,
        /** It was made by somebody else, or changed. */
        INVALID
    }

    private final FileUrlSettings settings;
    private final UrlSignatures signatures;
    private final InstantSource clock;
    private final String base;

    public FileUrls(FileUrlSettings settings, UrlSignatures signatures, InstantSource clock) {
        this.settings = settings;
        this.signatures = signatures;
        this.clock = clock;
        this.base = settings.publicAddress(PATH);
    }

    /** Whether an address leads to a file that this platform keeps. */
    public boolean isOwn(String url) {
        return url.startsWith(base);
    }

    /** For a file of a message. */
    public String ofAttachment(String fileId, Variant variant) {
        return of(fileId, variant, settings.attachmentUrlLifetime()).url();
    }

    /** For an avatar or an icon. */
    public String ofPicture(String fileId) {
        return of(fileId, Variant.ORIGINAL, settings.pictureUrlLifetime()).url();
    }

    /**
     * An address that is good for at least so long. Until the next window begins, the same is made again: see
     * {@link FileUrlSettings#urlWindow}.
     */
    public SignedUrl of(String fileId, Variant variant, Duration lifetime) {
        Duration window = lifetime.compareTo(settings.urlWindow()) < 0 ? lifetime : settings.urlWindow();
        long seconds = Math.max(1, window.toSeconds());
        long least = roundedUp(clock.instant().plus(lifetime));
        return until(fileId, variant, Instant.ofEpochSecond((least + seconds - 1) / seconds * seconds));
    }

    /** An address that is good until then, to the second. */
    public SignedUrl until(String fileId, Variant variant, Instant expiresAt) {
        long second = roundedUp(expiresAt);
        String expires = Long.toString(second);
        String signature = signatures.of(PURPOSE, fileId, variant.wireName(), expires);
        return new SignedUrl(
                base + fileId + "?variant=" + variant.wireName() + "&expires=" + expires + "&signature=" + signature,
                Instant.ofEpochSecond(second));
    }

    private static long roundedUp(Instant time) {
        return time.plus(ALMOST_A_SECOND).getEpochSecond();
    }

    /**
     * Checks what an address says, each part as it stands there; null for a part that is missing.
     *
     * @return {@link Check#EXPIRED} only for an address that was made here
     */
    public Check check(String fileId, @Nullable String variant, @Nullable String expires, @Nullable String signature) {
        if (variant == null
                || expires == null
                || signature == null
                || !signatures.matches(signature, PURPOSE, fileId, variant, expires)) {
            return Check.INVALID;
        }
        return clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(expires))) ? Check.VALID : Check.EXPIRED;
    }
}
