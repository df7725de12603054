package dev.parley.auth.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test turns. */
public final class SettableClock extends Clock {

    private volatile Instant time;

    public SettableClock(Instant time) {
        this.time = time;
    }

    public void set(Instant newTime) {
        time = newTime;
    }

    public void advance(Duration by) {
        time = time.plus(by);
    }

    @Override
    public Instant instant() {
        return time;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
