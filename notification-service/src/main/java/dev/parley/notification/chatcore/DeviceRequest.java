package dev.parley.notification.chatcore;

import dev.parley.notification.device.NewDevice;
import dev.parley.notification.provider.DeviceAddress;
import dev.parley.notification.provider.ProviderName;
import dev.parley.platform.json.Fields;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads registrations of devices. An error names all fields that are wrong. */
final class DeviceRequest {

    private static final String PLATFORM = "platform";
    private static final String PROVIDER = "provider";
    private static final String TOKEN = "token";
    private static final String LOCALE = "locale";
    private static final String WEB = "web";
    private static final Set<String> PLATFORMS = Set.of("ios", "android", WEB);

    private static final int MAX_WORD = 16;
    private static final int MAX_DEVICE_ID = 128;
    private static final int MAX_TOKEN = 4_096;
    private static final int MAX_ENDPOINT = 2_048;
    private static final int MAX_KEY = 256;
    private static final int MAX_LOCALE = 35;
    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9._:~-]+");
    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

    /** It becomes part of the path that Apple is asked for. */
    private static final Pattern HEXADECIMAL = Pattern.compile("(?:[0-9a-fA-F]{2}){32,100}");

    private DeviceRequest() {}

    static NewDevice read(@Nullable JsonNode body, @Nullable String acceptLanguage) {
        Fields fields = Fields.of(body);
        String deviceId =
                fields.text("deviceId", 1, MAX_DEVICE_ID, DEVICE_ID, "has only letters, digits and . _ : ~ -");
        String platform = fields.text(PLATFORM, 1, MAX_WORD);
        if (!platform.isEmpty() && !PLATFORMS.contains(platform)) {
            fields.reject(PLATFORM, "unknown", "must be ios, android or web");
        }
        ProviderName provider = provider(fields);
        DeviceAddress address =
                provider == ProviderName.WEB_PUSH ? subscription(fields, platform) : token(fields, provider);
        String locale = locale(fields);
        fields.verify();
        return new NewDevice(deviceId, platform, address, locale == null ? preferred(acceptLanguage) : locale);
    }

    /** Any if it is wrong. */
    private static ProviderName provider(Fields fields) {
        String given = fields.text(PROVIDER, 1, MAX_WORD);
        return ProviderName.named(given).orElseGet(() -> {
            fields.reject(PROVIDER, "unknown", "must be expo, fcm, apns, web-push or webhook");
            return ProviderName.EXPO;
        });
    }

    private static DeviceAddress token(Fields fields, ProviderName provider) {
        String token = provider == ProviderName.APNS
                ? fields.text(TOKEN, 1, MAX_TOKEN, HEXADECIMAL, "must be 64 to 200 hexadecimal digits")
                : fields.text(TOKEN, 1, MAX_TOKEN, VISIBLE, "must be of ASCII characters that are seen");
        return new DeviceAddress(provider, token, null, null);
    }

    private static DeviceAddress subscription(Fields fields, String platform) {
        if (PLATFORMS.contains(platform) && !platform.equals(WEB)) {
            fields.reject(PLATFORM, "conflict", "must be web where the provider is web-push");
        }
        String endpoint = fields.text("endpoint", 1, MAX_ENDPOINT, VISIBLE, "must be an address");
        String publicKey = key(fields, "p256dh", "must be a point of P-256 in base64", SubscriptionKeys::publicKey);
        String secret = key(fields, "auth", "must be 16 bytes in base64", SubscriptionKeys::secret);
        return new DeviceAddress(ProviderName.WEB_PUSH, endpoint, publicKey, secret);
    }

    private static String key(Fields fields, String field, String rule, SubscriptionKeys.Reader reader) {
        String given = fields.text(field, 1, MAX_KEY);
        String read = given.isEmpty() ? null : reader.read(given);
        if (!given.isEmpty() && read == null) {
            fields.reject(field, "format", rule);
        }
        return read == null ? "" : read;
    }

    private static @Nullable String locale(Fields fields) {
        String given = fields.optionalText(LOCALE, 1, MAX_LOCALE);
        if (given == null) {
            return null;
        }
        try {
            return new Locale.Builder()
                    .setLanguageTag(given.replace('_', '-'))
                    .build()
                    .toLanguageTag();
        } catch (IllformedLocaleException malformed) {
            fields.reject(LOCALE, "format", "must be a language tag (BCP 47)");
            return null;
        }
    }

    /** The language that the header likes best; null if it says nothing that can be read. */
    private static @Nullable String preferred(@Nullable String acceptLanguage) {
        if (acceptLanguage == null) {
            return null;
        }
        try {
            List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(acceptLanguage);
            return ranges.stream()
                    .map(range -> Locale.forLanguageTag(range.getRange()))
                    .filter(locale -> !locale.getLanguage().isEmpty())
                    .map(Locale::toLanguageTag)
                    .filter(tag -> tag.length() <= MAX_LOCALE)
                    .findFirst()
                    .orElse(null);
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }
}
