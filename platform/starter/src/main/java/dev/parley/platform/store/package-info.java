/** Conventions of the document store: indexes, conversions, optimistic updates. */
package dev.parley.platform.store;
