package dev.parley.notification.chatcore;

import dev.parley.notification.preference.EmailDigest;
import dev.parley.notification.preference.PreferencesChange;
import dev.parley.notification.preference.QuietHours;
import dev.parley.platform.json.Fields;
import java.time.ZoneId;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads changes of preferences. An error names all fields that are wrong. */
final class PreferencesRequest {

    private static final String QUIET_HOURS = "quietHours";
    private static final String EMAIL_DIGEST = "emailDigest";
    private static final String VISIBILITY = "lastSeenVisibility";
    private static final int MAX_WORD = 64;
    private static final int MAX_HOURS_AWAY = 720;
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final Set<String> VISIBILITIES = Set.of("everyone", "contacts", "nobody");
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private PreferencesRequest() {}

    static PreferencesChange read(@Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        PreferencesChange change = new PreferencesChange(
                fields.optionalFlag("notificationsEnabled"),
                fields.optionalFlag("soundEnabled"),
                fields.optionalFlag("messagePreview"),
                fields.optionalFlag("notifyOnMention"),
                fields.optionalFlag("notifyOnReaction"),
                fields.optionalFlag("notifyOnGroupInvite"),
                quietHours(fields.optionalObject(QUIET_HOURS)),
                fields.isNull(QUIET_HOURS),
                visibility(fields),
                emailDigest(fields.optionalObject(EMAIL_DIGEST)),
                fields.isNull(EMAIL_DIGEST));
        fields.rejectNulls(
                "notificationsEnabled",
                "soundEnabled",
                "messagePreview",
                "notifyOnMention",
                "notifyOnReaction",
                "notifyOnGroupInvite",
                VISIBILITY);
        fields.verify();
        return change;
    }

    private static @Nullable QuietHours quietHours(@Nullable Fields hours) {
        if (hours == null) {
            return null;
        }
        boolean enabled = hours.flag("enabled");
        String start = hours.text("start", 1, MAX_WORD, TIME, "must be a time of day, HH:MM");
        String end = hours.text("end", 1, MAX_WORD, TIME, "must be a time of day, HH:MM");
        String timezone = hours.text("timezone", 1, MAX_WORD);
        if (!timezone.isEmpty() && !ZONES.contains(timezone)) {
            hours.reject("timezone", "unknown", "must be a time zone of the IANA database");
        }
        if (!start.isEmpty() && start.equals(end)) {
            hours.reject("end", "conflict", "must be another time than start");
        }
        return new QuietHours(enabled, start, end, timezone);
    }

    private static @Nullable EmailDigest emailDigest(@Nullable Fields digest) {
        return digest == null
                ? null
                : new EmailDigest(digest.flag("enabled"), (int) digest.number("afterHours", 1, MAX_HOURS_AWAY));
    }

    private static @Nullable String visibility(Fields fields) {
        String given = fields.optionalText(VISIBILITY, 1, MAX_WORD);
        if (given != null && !VISIBILITIES.contains(given)) {
            fields.reject(VISIBILITY, "unknown", "must be everyone, contacts or nobody");
        }
        return given;
    }
}
