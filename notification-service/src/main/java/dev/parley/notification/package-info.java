/** Tells people on their devices what they would miss otherwise. */
@NullMarked
package dev.parley.notification;

import org.jspecify.annotations.NullMarked;
