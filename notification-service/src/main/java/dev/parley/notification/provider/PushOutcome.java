package dev.parley.notification.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a provider answered to one push. */
public sealed interface PushOutcome {

    /** It will bring the push to the device. @param providerId what it calls the push; null if nothing */
    record Accepted(@Nullable String providerId) implements PushOutcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.accepted(this);
        }
    }

    /** Not now. @param after how long to wait at least; null if it did not say */
    record Retry(String reason, @Nullable Duration after) implements PushOutcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.retry(this);
        }
    }

    /** There is no such device any more. */
    record TokenGone(String reason) implements PushOutcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.tokenGone(this);
        }
    }

    /** Never, whatever is tried; the device may be there. */
    record Refused(String reason) implements PushOutcome {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.refused(this);
        }
    }

    <R> R accept(Visitor<R> visitor);

    /** One case for each outcome. */
    interface Visitor<R> {
        R accepted(Accepted outcome);

        R retry(Retry outcome);

        R tokenGone(TokenGone outcome);

        R refused(Refused outcome);
    }
}
