package dev.parley.notification.model;

import dev.parley.notification.NotificationServiceTest;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.TestTokens;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Users of whom each wants the same all the time, so that what becomes of a push does not depend on when it is looked at. */
final class ModelPeople {

    /** The devices with such tokens are refused by the webhook. */
    static final String REFUSED_TOKEN = "refused-";

    /** How long the quiet hours last from now on. */
    static final int QUIET_HOURS = 8;

    /** What a user wants, or has. */
    enum Wish {
        EVERYTHING,
        TWODEVICES,
        NOTHING,
        NOINVITES,
        NOMENTIONS,
        QUIET,
        NOPREVIEW,
        REFUSED,
        NODEVICE
    }

    /** So that most are told of most. */
    private static final List<Wish> SHARES = List.of(
            Wish.EVERYTHING,
            Wish.EVERYTHING,
            Wish.EVERYTHING,
            Wish.EVERYTHING,
            Wish.TWODEVICES,
            Wish.NOTHING,
            Wish.NOINVITES,
            Wish.NOMENTIONS,
            Wish.QUIET,
            Wish.NOPREVIEW,
            Wish.REFUSED,
            Wish.NODEVICE);

    private final Map<String, Wish> wishes = new LinkedHashMap<>();
    private final List<String> ids;

    ModelPeople(int count) {
        for (int i = 0; i < count; i++) {
            Wish wish = SHARES.get(i % SHARES.size());
            wishes.put(wish.name().toLowerCase(Locale.ROOT) + "-" + i, wish);
        }
        ids = List.copyOf(wishes.keySet());
    }

    /** Different ones, as many as that. */
    List<String> some(int count, Random random) {
        List<String> some = new ArrayList<>();
        while (some.size() < count) {
            String one = ids.get(random.nextInt(ids.size()));
            if (!some.contains(one)) {
                some.add(one);
            }
        }
        return some;
    }

    Wish wish(String userId) {
        return wishes.get(userId);
    }

    List<String> devicesOf(String userId) {
        return switch (wish(userId)) {
            case NODEVICE -> List.of();
            case TWODEVICES -> List.of("phone-of-" + userId, "tablet-of-" + userId);
            default -> List.of("phone-of-" + userId);
        };
    }

    /** Registers all devices, and chooses what is wanted. */
    void register(int port) {
        wishes.forEach((userId, wish) -> {
            ApiClient client = new ApiClient(port, TestTokens.tokenFor(userId, NotificationServiceTest.TENANT));
            for (String device : devicesOf(userId)) {
                require(client.post("/api/v1/users/me/devices", device(device, wish)), 204);
            }
            Map<String, ?> chosen = chosen(wish);
            if (!chosen.isEmpty()) {
                require(client.call("PATCH", "/api/v1/users/me/preferences", chosen), 200);
            }
        });
    }

    private static void require(ApiClient.Answer answer, int status) {
        if (answer.status() != status) {
            throw new AssertionError(answer);
        }
    }

    private static Map<String, String> device(String device, Wish wish) {
        return Map.of(
                "deviceId",
                device,
                "platform",
                "android",
                "provider",
                "webhook",
                "token",
                wish == Wish.REFUSED ? REFUSED_TOKEN + device : device);
    }

    private static Map<String, ?> chosen(Wish wish) {
        return switch (wish) {
            case NOTHING -> Map.of("notificationsEnabled", false);
            case NOINVITES -> Map.of("notifyOnReaction", false, "notifyOnGroupInvite", false);
            case NOMENTIONS -> Map.of("notifyOnMention", false);
            case NOPREVIEW -> Map.of("messagePreview", false);
            case QUIET -> Map.of("quietHours", quietHours());
            case EVERYTHING, TWODEVICES, REFUSED, NODEVICE -> Map.of();
        };
    }

    private static Map<String, ?> quietHours() {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        DateTimeFormatter minutes = DateTimeFormatter.ofPattern("HH:mm");
        return Map.of(
                "enabled",
                true,
                "start",
                minutes.format(now.minusHours(1)),
                "end",
                minutes.format(now.plusHours(QUIET_HOURS)),
                "timezone",
                "UTC");
    }
}
