package dev.parley.platform.store;

/**
 * A type that is stored as the JSON it is published as, with its wire names. Declared as a bean; used for types with
 * several forms, so that no class name ends up in the store.
 */
public record JsonStored(Class<?> type) {}
