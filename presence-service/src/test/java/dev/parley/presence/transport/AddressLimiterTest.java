package dev.parley.presence.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.presence.transport.AddressLimiter.Place;
import dev.parley.presence.transport.AddressLimiter.TooManyFromAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressLimiterTest {

    private final AddressLimiter limiter =
            new AddressLimiter(AddressLimits.defaults(), new TransportMetrics(new SimpleMeterRegistry()));

    @Test
    void takesAThousandSessionsOfOneAddressAndAlwaysThoseOfAnother() {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Place place = limiter.enter("a");
            place.admitted();
            places.add(place);
        }

        assertThatThrownBy(() -> limiter.enter("a")).isInstanceOf(TooManyFromAddress.class);
        limiter.enter("b").admitted();
        places.get(7).leave();
        limiter.enter("a").admitted();
        assertThat(limiter.open("a")).isEqualTo(1_000);
    }

    @Test
    void takesAHundredSessionsThatAreNotAdmitted() {
        List<Place> places =
                IntStream.range(0, 100).mapToObj(i -> limiter.enter("a")).toList();

        assertThatThrownBy(() -> limiter.enter("a"))
                .isInstanceOfSatisfying(
                        TooManyFromAddress.class,
                        refused -> assertThat(refused.retryAfter().toSeconds()).isEqualTo(5));
        places.get(0).admitted();
        limiter.enter("a");
        places.get(1).leave();
        limiter.enter("a");
        assertThatThrownBy(() -> limiter.enter("a")).isInstanceOf(TooManyFromAddress.class);
    }

    @Test
    void countsEachStepOnceHoweverOftenItIsTold() {
        Place place = limiter.enter("a");
        Place other = limiter.enter("a");

        place.admitted();
        place.admitted();
        place.leave();
        place.leave();
        place.admitted();

        assertThat(limiter.open("a")).isEqualTo(1);
        other.leave();
        assertThat(limiter.open("a")).isZero();
    }

    @Test
    void countsRightWhenManyComeAndGoAtOnce() {
        List<Place> left = Collections.synchronizedList(new ArrayList<>());
        IntStream.range(0, 100_000).parallel().forEach(i -> {
            try {
                Place place = limiter.enter("a" + i % 3);
                if (i % 2 == 0) {
                    place.admitted();
                }
                place.leave();
                left.add(place);
            } catch (TooManyFromAddress refused) {
                // Takes no place.
            }
        });

        assertThat(left).isNotEmpty();
        assertThat(IntStream.range(0, 3).map(i -> limiter.open("a" + i)).sum()).isZero();
    }

    @Test
    void letsNobodyTryWhereTooManyFailed() {
        Place place = limiter.enter("a");
        for (int i = 0; i < 200; i++) {
            place.failed();
        }

        assertThat(place.mayTry()).isFalse();
        assertThatThrownBy(() -> limiter.enter("a")).isInstanceOf(TooManyFromAddress.class);
        assertThat(limiter.enter("b").mayTry()).isTrue();
    }
}
