/** One connected device: its user, and the tokens that it acts with. */
@NullMarked
package dev.parley.presence.device;

import org.jspecify.annotations.NullMarked;
