package dev.parley.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The domain names things; an adapter says which fields of its client's request they came from. */
class FieldNamesTest {

    private static final ApiException UNKNOWN_USERS = ApiException.violated(List.of(
            new Violation(Subject.of("user", "eve"), "unknown-user", "is not a user of this tenant"),
            new Violation(Subject.of("user", "mallory"), "unknown-user", "is not a user of this tenant")));

    @Test
    void theDomainTellsWhichThingsBreakRules() {
        assertThat(UNKNOWN_USERS.code()).isEqualTo(PlatformError.INVALID_REQUEST);
        assertThat(UNKNOWN_USERS.detail()).isEqualTo("Invalid: user eve, user mallory");
        assertThat(UNKNOWN_USERS.errors()).isEmpty();
    }

    @Test
    void aListNamesEachThingByItsPlace() {
        ApiException named = FieldNames.ofList("user", "participantIds", List.of("eve", "bob", "mallory"))
                .name(UNKNOWN_USERS);

        assertThat(named.errors())
                .containsExactly(
                        new FieldError(
                                "participantIds[0]", "unknown-user", "participantIds[0] is not a user of this tenant"),
                        new FieldError(
                                "participantIds[2]", "unknown-user", "participantIds[2] is not a user of this tenant"));
        assertThat(named.violations()).isEmpty();
        assertThat(named.detail()).isEqualTo("Invalid: participantIds[0], participantIds[2]");
    }

    @Test
    void whatTheRequestDidNotNameStaysAThing() {
        ApiException named =
                FieldNames.ofList("user", "members", List.of("eve")).name(UNKNOWN_USERS);

        assertThat(named.errors()).extracting(FieldError::field).containsExactly("members[0]");
        assertThat(named.violations())
                .extracting(violation -> violation.subject().id())
                .containsExactly("mallory");
        assertThat(named.detail()).isEqualTo("Invalid: members[0], user mallory");
    }

    @Test
    void oneRequestNamesThingsOfSeveralKinds() {
        FieldNames names = FieldNames.ofField("user", "userId").or(FieldNames.ofField("limit", "role"));
        ApiException failure = ApiException.violated(List.of(
                new Violation(Subject.of("user", "eve"), "unknown-user", "is nobody"),
                new Violation(Subject.limit("admins"), "too-many", "allows no more")));

        assertThat(names.name(failure).errors())
                .extracting(FieldError::message)
                .containsExactly("userId is nobody", "role allows no more");
    }

    @Test
    void aFailureAboutNoThingStaysAsItIs() {
        ApiException later = ApiException.retryLater(PlatformError.RATE_LIMITED, "Later", Duration.ofSeconds(1));

        assertThat(FieldNames.ofField("user", "userId").name(later)).isSameAs(later);
    }
}
