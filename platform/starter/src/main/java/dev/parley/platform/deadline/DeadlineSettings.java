package dev.parley.platform.deadline;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a service may work on a request.
 *
 * @param timeLimit from when the request has arrived until its answer begins; shorter if the caller says so
 * @param unlimitedPaths paths whose answers are late on purpose, such as long polls
 */
@ConfigurationProperties("parley.requests")
public record DeadlineSettings(
        @DefaultValue("4500ms") Duration timeLimit,
        @DefaultValue List<String> unlimitedPaths) {

    public DeadlineSettings {
        SettingsCheck.of("parley.requests").atLeastAMillisecond("time-limit", timeLimit);
    }
}
