package dev.parley.media.avatar;

import dev.parley.platform.settings.SettingsCheck;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of avatars.
 *
 * @param maxSize bytes of a picture that an avatar is made of
 * @param size pixels of a side of an avatar, at most
 * @param threads avatars that are made at once
 * @param queue avatars that may wait to be made; one more is refused, and may be tried again later
 * @param authMode where users come from: {@code builtin}, {@code external}, {@code wso2} or {@code antz}. Only where auth-service keeps them
 *     ({@code builtin}) can they upload avatars
 */
@ConfigurationProperties("parley.media.avatars")
public record AvatarSettings(
        @DefaultValue("5MB") DataSize maxSize,
        @DefaultValue("512") int size,
        @DefaultValue("2") int threads,
        @DefaultValue("32") int queue,
        @DefaultValue(BUILTIN) String authMode) {

    private static final String BUILTIN = "builtin";
    private static final Set<String> AUTH_MODES = Set.of(BUILTIN, "external", "wso2", "antz");

    public AvatarSettings {
        SettingsCheck.of("parley.media.avatars")
                .positive("max-size", maxSize.toBytes())
                .positive("size", size)
                .positive("threads", threads)
                .positive("queue", queue)
                .require(AUTH_MODES.contains(authMode), "auth-mode", "must be builtin, external, wso2 or antz");
    }

    boolean mayUpload() {
        return BUILTIN.equals(authMode);
    }
}
