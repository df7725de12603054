package dev.parley.platform.job;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Who does the jobs of a group of instances. No time is stored: others take the lease over when they have seen it unchanged for
 * long enough by their own clock.
 *
 * @param holder null if it was given back
 * @param term goes up each time that somebody takes the lease, and so names whose turn it is
 * @param renewals goes up with each renewal
 */
@Document("leases")
record Lease(@Id String id, @Nullable String holder, long term, long renewals) {}
