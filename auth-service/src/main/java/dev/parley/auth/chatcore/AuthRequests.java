package dev.parley.auth.chatcore;

import dev.parley.auth.credential.Password;
import dev.parley.auth.session.RefreshToken;
import dev.parley.auth.user.NewUser;
import dev.parley.auth.user.ProfileChange;
import dev.parley.auth.user.RegistrationKey;
import dev.parley.platform.json.Fields;
import dev.parley.platform.text.Usernames;
import dev.parley.surface.chatcore.IdempotencyKey;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** Reads the bodies of requests. An error names all fields that are wrong. */
final class AuthRequests {

    private static final int MAX_EMAIL = 254;
    private static final int MAX_NAME = 100;
    private static final int MAX_USERNAME = 64;
    private static final int MAX_PHONE = 32;
    private static final int MAX_TOKEN = 256;

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}._@+-]+");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @param key null if the client gave none */
    record Register(
            NewUser user, Password password, @Nullable RegistrationKey key) {}

    record Login(String tenantId, String email, Password password) {}

    private AuthRequests() {}

    static Register register(@Nullable JsonNode body, HttpHeaders headers, RequestedTenant tenants) {
        Fields fields = Fields.of(body);
        String tenant = tenants.of(fields, headers);
        if (!TENANT.matcher(tenant).matches()) {
            fields.reject("tenantId", "format", "must begin with a letter or digit and hold only those, . _ -");
        }
        NewUser user = new NewUser(
                tenant,
                email(fields),
                username(fields),
                fields.optionalName("firstName", 1, MAX_NAME),
                fields.optionalName("lastName", 1, MAX_NAME),
                fields.optionalName("displayName", 1, MAX_NAME));
        Password password = new Password(fields.secret("password", Password.MIN_LENGTH, Password.MAX_LENGTH));
        String key = headers.getFirst(IdempotencyKey.HEADER);
        IdempotencyKey.check(key, fields);
        fields.verify();
        return new Register(user, password, key == null ? null : user.key(key));
    }

    private static String email(Fields fields) {
        String email = fields.name("email", MAX_EMAIL);
        if (!EMAIL.matcher(email).matches()) {
            fields.reject("email", "format", "must be an email address");
        }
        return email;
    }

    private static String username(Fields fields) {
        String username = fields.name("username", MAX_USERNAME);
        if (!USERNAME.matcher(username).matches() || username.codePoints().noneMatch(Character::isLetterOrDigit)) {
            fields.reject("username", "format", "must hold letters or digits, and beside them only . _ @ + -");
        } else if (!Usernames.isOfOneScript(username)) {
            fields.reject("username", "mixed-scripts", "must keep to one script; the digits 0 to 9 go with any");
        }
        return username;
    }

    /** A password that is too short is not malformed here: it is wrong. */
    static Login login(@Nullable JsonNode body, HttpHeaders headers, RequestedTenant tenants) {
        Fields fields = Fields.of(body);
        Login login = new Login(
                tenants.of(fields, headers),
                fields.name("email", MAX_EMAIL),
                new Password(fields.secret("password", 1, Password.MAX_LENGTH)));
        fields.verify();
        return login;
    }

    static RefreshToken refresh(@Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        RefreshToken token = new RefreshToken(fields.text("refreshToken", 1, MAX_TOKEN));
        fields.verify();
        return token;
    }

    static Optional<RefreshToken> logout(@Nullable JsonNode body) {
        if (body == null) {
            return Optional.empty();
        }
        Fields fields = Fields.of(body);
        String token = fields.optionalText("refreshToken", 1, MAX_TOKEN);
        fields.verify();
        return Optional.ofNullable(token).map(RefreshToken::new);
    }

    static ProfileChange profileChange(@Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        ProfileChange change = new ProfileChange(
                fields.optionalName("displayName", 1, MAX_NAME),
                fields.clearableName("firstName", MAX_NAME),
                fields.clearableName("lastName", MAX_NAME),
                fields.clearableName("phone", MAX_PHONE));
        fields.rejectNulls("displayName");
        fields.verify();
        return change;
    }
}
