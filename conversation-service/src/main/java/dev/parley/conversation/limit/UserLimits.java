package dev.parley.conversation.limit;

import dev.parley.conversation.ConversationError;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.limit.SharedBuckets;
import dev.parley.platform.limit.TokenBucket;
import dev.parley.platform.limit.TokenBuckets;
import dev.parley.platform.security.Caller;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Lets one user create so many groups, bring so many people into groups and open so many direct conversations, whatever the
 * way in. Counted in memory, so that no dependency can fail; the instances tell each other.
 */
@Component
public final class UserLimits {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private enum What {
        GROUPS("groups", "You create too many groups"),
        PEOPLE("people", "You add too many people"),
        DIRECTS("directs", "You open too many conversations");

        private final String tag;
        private final String refusal;

        What(String tag, String refusal) {
            this.tag = tag;
            this.refusal = refusal + ": wait before the next";
        }
    }

    private final UserLimitSettings settings;
    private final TokenBuckets buckets;
    private final Map<What, Counter> refused = new EnumMap<>(What.class);

    UserLimits(UserLimitSettings settings, SharedBuckets shared, MeterRegistry meters) {
        this.settings = settings;
        this.buckets = shared.buckets("conversation", settings.maxTracked(), settings.longestRecovery());
        for (What what : What.values()) {
            refused.put(
                    what,
                    Counter.builder("parley.conversations.limited")
                            .description("Requests that were refused because their user makes too many")
                            .tag("what", what.tag)
                            .register(meters));
        }
    }

    /**
     * Counts a new group and the people in it.
     *
     * @param people without the caller
     * @throws ApiException as {@link #countPeople}; {@link PlatformError#RATE_LIMITED} after too many groups, too
     */
    public void countGroup(Caller caller, int people) {
        TokenBucket groups = bucket(What.GROUPS, caller, settings.groupsPerMinute(), settings.groupsAtOnce());
        take(What.GROUPS, groups, 1);
        try {
            countPeople(caller, people);
        } catch (ApiException notThesePeople) {
            groups.giveBack();
            throw notThesePeople;
        }
    }

    /**
     * Counts people who are brought into a group.
     *
     * @throws ApiException {@link PlatformError#RATE_LIMITED} after too many, with the time to wait;
     *     {@link ConversationError#TOO_MANY_PARTICIPANTS} if so many are too many however long one waits
     */
    public void countPeople(Caller caller, int people) {
        if (people > settings.peopleAtOnce()) {
            throw ApiException.of(
                    ConversationError.TOO_MANY_PARTICIPANTS,
                    "At most " + settings.peopleAtOnce() + " people can be added at once");
        }
        take(What.PEOPLE, bucket(What.PEOPLE, caller, settings.peoplePerMinute(), settings.peopleAtOnce()), people);
    }

    /** Counts a direct conversation with somebody new. @throws ApiException {@link PlatformError#RATE_LIMITED} after too many */
    public void countDirect(Caller caller) {
        take(What.DIRECTS, bucket(What.DIRECTS, caller, settings.directsPerMinute(), settings.directsAtOnce()), 1);
    }

    private TokenBucket bucket(What what, Caller caller, int perMinute, int atOnce) {
        return buckets.of(what.tag + " " + caller.userId(), perMinute, MINUTE, atOnce);
    }

    private void take(What what, TokenBucket bucket, int tokens) {
        Duration wait = bucket.take(tokens, System.nanoTime());
        if (!wait.isZero()) {
            Objects.requireNonNull(refused.get(what)).increment();
            throw TokenBuckets.refusal(what.refusal, wait);
        }
    }
}
