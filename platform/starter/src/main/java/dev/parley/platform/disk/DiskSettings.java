package dev.parley.platform.disk;

import dev.parley.platform.settings.SettingsCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * When writes are refused for want of space. Where no folder is set none are: the store and the broker are on other machines.
 *
 * @param folder where the store and the broker of this machine write
 * @param minFree with less free space than this, writes are refused
 * @param resumeAt with this much free space, they are taken again
 * @param checkInterval how often the free space is looked at
 * @param reservedPaths patterns of paths whose small writes may use half of what is kept free, such as those that sign in
 */
@ConfigurationProperties("parley.disk")
public record DiskSettings(
        @DefaultValue("data") Path folder,
        @DefaultValue("256MB") DataSize minFree,
        @DefaultValue("320MB") DataSize resumeAt,
        @DefaultValue("500ms") Duration checkInterval,
        @DefaultValue List<String> reservedPaths) {

    public DiskSettings {
        reservedPaths = List.copyOf(reservedPaths);
        SettingsCheck.of("parley.disk")
                .positive("min-free", minFree.toBytes())
                .require(resumeAt.compareTo(minFree) >= 0, "resume-at", "must not be less than parley.disk.min-free")
                .atLeastAMillisecond("check-interval", checkInterval);
    }
}
