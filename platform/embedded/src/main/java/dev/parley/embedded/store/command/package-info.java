/** Carries out the commands of MongoDB's protocol, and keeps the cursors that are open. */
@NullMarked
package dev.parley.embedded.store.command;

import org.jspecify.annotations.NullMarked;
