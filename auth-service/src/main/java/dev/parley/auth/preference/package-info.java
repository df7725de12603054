/** Keeps and publishes what users choose for themselves; others reach it through UserPreferences alone. */
package dev.parley.auth.preference;
