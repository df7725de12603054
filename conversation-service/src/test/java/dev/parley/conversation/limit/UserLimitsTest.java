package dev.parley.conversation.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.conversation.ConversationError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.limit.SharedBuckets;
import dev.parley.platform.security.BearerToken;
import dev.parley.platform.security.Caller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UserLimitsTest {

    private final Caller alice = caller("alice");
    private final Caller bob = caller("bob");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final UserLimits limits =
            new UserLimits(new UserLimitSettings(20, 3, 60, 10, 30, 2, 100), SharedBuckets.alone(), meters);

    @Test
    void letsAUserCreateSoManyGroupsAtOnceAndSaysWhenTheNextMayCome() {
        for (int i = 0; i < 3; i++) {
            limits.countGroup(alice, 0);
        }

        assertRefused(() -> limits.countGroup(alice, 0), 3);
        assertThatCode(() -> limits.countGroup(bob, 0)).doesNotThrowAnyException();
        assertThat(meters.counter("parley.conversations.limited", "what", "groups")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void countsThePeopleOfNewGroupsAndThoseWhoAreAddedTogether() {
        limits.countGroup(alice, 4);
        limits.countPeople(alice, 6);

        assertRefused(() -> limits.countPeople(alice, 1), 1);
        assertRefused(() -> limits.countGroup(alice, 1), 1);
        assertThatCode(() -> limits.countPeople(bob, 10)).doesNotThrowAnyException();
    }

    @Test
    void aGroupThatIsRefusedForItsPeopleIsNotCounted() {
        limits.countPeople(alice, 10);
        for (int i = 0; i < 5; i++) {
            assertRefused(() -> limits.countGroup(alice, 1), 1);
        }

        for (int i = 0; i < 3; i++) {
            limits.countGroup(alice, 0);
        }
        assertRefused(() -> limits.countGroup(alice, 0), 3);
    }

    @Test
    void saysNotToWaitWherePeopleAreTooManyHoweverLongOneWaits() {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> limits.countPeople(alice, 11));

        assertThat(refusal.code()).isEqualTo(ConversationError.TOO_MANY_PARTICIPANTS);
        assertThat(refusal.retryAfter()).isNull();
        assertThatCode(() -> limits.countPeople(alice, 10)).doesNotThrowAnyException();
    }

    @Test
    void letsAUserOpenSoManyDirectConversationsAtOnce() {
        limits.countDirect(alice);
        limits.countDirect(alice);

        assertRefused(() -> limits.countDirect(alice), 2);
        assertThatCode(() -> limits.countDirect(bob)).doesNotThrowAnyException();
    }

    private static void assertRefused(Runnable action, int seconds) {
        ApiException refusal = catchThrowableOfType(ApiException.class, action::run);
        assertThat(refusal.code()).isEqualTo(PlatformError.RATE_LIMITED);
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static Caller caller(String userId) {
        return new Caller(
                userId,
                "acme",
                "session",
                userId,
                userId,
                null,
                null,
                Instant.now().plusSeconds(60),
                new BearerToken("token"));
    }
}
