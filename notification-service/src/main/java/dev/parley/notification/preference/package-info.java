/** What users want to be told of, and when. */
@NullMarked
package dev.parley.notification.preference;

import org.jspecify.annotations.NullMarked;
