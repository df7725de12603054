package dev.parley.auth.user;

import dev.parley.platform.id.Fingerprint;
import dev.parley.platform.id.Ids;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a registration says of the user. */
public record NewUser(
        String tenantId,
        String email,
        String username,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String displayName) {

    /** @param name what the client calls the registration */
    public RegistrationKey key(String name) {
        return new RegistrationKey(
                tenantId + '/' + name, Fingerprint.of(email, username, firstName, lastName, displayName));
    }

    User at(Instant now) {
        return new User(
                Ids.next(),
                tenantId,
                email,
                username,
                shownName(),
                firstName,
                lastName,
                null,
                null,
                null,
                null,
                null,
                1,
                now,
                now);
    }

    private String shownName() {
        if (displayName != null) {
            return displayName;
        }
        String fullName =
                Stream.of(firstName, lastName).filter(Objects::nonNull).collect(Collectors.joining(" "));
        return fullName.isEmpty() ? username : fullName;
    }
}
