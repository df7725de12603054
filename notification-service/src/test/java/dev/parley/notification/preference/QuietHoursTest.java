package dev.parley.notification.preference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a user is left alone. */
class QuietHoursTest {

    private static final int MINUTES = 24 * 60;

    @ParameterizedTest
    @CsvSource({
        // Within a day: the first minute is quiet, that of the end is not.
        "13:00, 14:30, Asia/Kolkata, 2026-07-01T07:29:59Z, false",
        "13:00, 14:30, Asia/Kolkata, 2026-07-01T07:30:00Z, true",
        "13:00, 14:30, Asia/Kolkata, 2026-07-01T08:59:59Z, true",
        "13:00, 14:30, Asia/Kolkata, 2026-07-01T09:00:00Z, false",
        // Across midnight.
        "22:00, 07:00, Europe/Berlin, 2026-07-01T19:59:59Z, false",
        "22:00, 07:00, Europe/Berlin, 2026-07-01T20:00:00Z, true",
        "22:00, 07:00, Europe/Berlin, 2026-07-01T23:30:00Z, true",
        "22:00, 07:00, Europe/Berlin, 2026-07-02T04:59:59Z, true",
        "22:00, 07:00, Europe/Berlin, 2026-07-02T05:00:00Z, false",
        "22:00, 00:00, UTC, 2026-07-01T23:59:59Z, true",
        "22:00, 00:00, UTC, 2026-07-02T00:00:00Z, false",
        // The clock goes from 02:00 to 03:00: the night is an hour shorter, and what would begin in the hour that is
        // skipped begins after it.
        "22:00, 07:00, Europe/Berlin, 2026-03-29T04:59:59Z, true",
        "22:00, 07:00, Europe/Berlin, 2026-03-29T05:00:00Z, false",
        "02:30, 03:30, Europe/Berlin, 2026-03-29T00:59:59Z, false",
        "02:30, 03:30, Europe/Berlin, 2026-03-29T01:00:00Z, true",
        "02:30, 03:30, Europe/Berlin, 2026-03-29T01:30:00Z, false",
        // The clock goes from 03:00 back to 02:00: what is quiet between is quiet twice.
        "02:00, 02:30, Europe/Berlin, 2026-10-25T00:15:00Z, true",
        "02:00, 02:30, Europe/Berlin, 2026-10-25T00:45:00Z, false",
        "02:00, 02:30, Europe/Berlin, 2026-10-25T01:15:00Z, true",
        "02:00, 02:30, Europe/Berlin, 2026-10-25T01:30:00Z, false",
        // Stored before it was refused: the day after at the same time.
        "08:00, 08:00, UTC, 2026-07-01T07:59:59Z, true",
        // What cannot be read keeps nothing back.
        "00:00, 23:59, Mars/Olympus_Mons, 2026-07-01T12:00:00Z, false",
        "0:00, 23:59, UTC, 2026-07-01T12:00:00Z, false",
    })
    void areThoseThatTheUsersClockShows(String start, String end, String zone, Instant at, boolean isQuiet) {
        QuietHours hours = new QuietHours(true, start, end, zone);

        assertThat(preferences(hours).isQuiet(at)).isEqualTo(isQuiet);
        assertThat(preferences(new QuietHours(false, start, end, zone)).isQuiet(at))
                .isFalse();
    }

    @Test
    void areNoneWhereNoneWereChosen() {
        assertThat(PushPreferences.DEFAULTS.isQuiet(Instant.EPOCH)).isFalse();
    }

    /** Compares them with a list of all quiet minutes of a day, about the times at which clocks change, and at others. */
    @Test
    void areTheSameOnEveryDayOfEveryZone() {
        Random random = new Random(20_260_101);
        List<String> zones = List.of(
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe", // changes by half an hour
                "America/Sao_Paulo", // changed at midnight, so that days began at one
                "Pacific/Apia", // left out a whole day
                "Africa/Casablanca",
                "Asia/Kathmandu",
                "UTC");
        int compared = 0;
        for (int round = 0; round < 4_000; round++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            int start = random.nextInt(MINUTES);
            int length = 1 + random.nextInt(MINUTES - 1);
            int end = (start + length) % MINUTES;
            BitSet quiet = new BitSet(MINUTES);
            for (int minute = 0; minute < length; minute++) {
                quiet.set((start + minute) % MINUTES);
            }
            PushPreferences preferences = preferences(new QuietHours(true, time(start), time(end), zone.getId()));
            Instant about = somewhere(zone, random);
            for (int step = -12; step <= 12; step++) {
                Instant at = about.plusSeconds(step * 600L + random.nextInt(600));
                ZoneOffset offset = zone.getRules().getOffset(at);
                long second = Math.floorMod(at.getEpochSecond() + offset.getTotalSeconds(), MINUTES * 60L);

                assertThat(preferences.isQuiet(at))
                        .as("%s in %s, quiet from %s to %s", at, zone, time(start), time(end))
                        .isEqualTo(quiet.get((int) (second / 60)));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(100_000);
    }

    /** Mostly the moment at which the zone's clocks change next. */
    private static Instant somewhere(ZoneId zone, Random random) {
        Instant any = LocalDate.of(2005, 1, 1)
                .atStartOfDay(zone)
                .toInstant()
                .plus(Duration.ofMinutes(random.nextInt(25 * 365 * MINUTES)));
        ZoneOffsetTransition next = zone.getRules().nextTransition(any);
        return next == null || random.nextInt(4) == 0 ? any : next.getInstant();
    }

    /** A night lasts as long as the clock shows it: an hour less in spring, one more in autumn. */
    @ParameterizedTest
    @CsvSource({"2026-03-28, 480", "2026-06-01, 540", "2026-10-24, 600"})
    void lastAsLongAsTheClockShowsThem(LocalDate evening, int minutes) {
        PushPreferences night = preferences(new QuietHours(true, "22:00", "07:00", "Europe/Berlin"));
        ZonedDateTime noon = evening.atTime(12, 0).atZone(ZoneId.of("Europe/Berlin"));
        int quiet = 0;
        for (Instant at = noon.toInstant();
                at.isBefore(noon.plusDays(1).toInstant());
                at = at.plus(Duration.ofMinutes(1))) {
            quiet += night.isQuiet(at) ? 1 : 0;
        }

        assertThat(quiet).isEqualTo(minutes);
    }

    private static PushPreferences preferences(QuietHours hours) {
        return new PushPreferences(true, true, true, true, true, true, hours);
    }

    private static String time(int minute) {
        return "%02d:%02d".formatted(minute / 60, minute % 60);
    }
}
