package dev.parley.auth.user;

import org.jspecify.annotations.Nullable;

/** What users change of their own profiles: null leaves a field as it is, the empty string removes it. */
public record ProfileChange(
        @Nullable String displayName,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String phone) {}
