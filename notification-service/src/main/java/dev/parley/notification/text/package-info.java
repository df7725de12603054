/** Says in the language of a device what a push shows. */
@NullMarked
package dev.parley.notification.text;

import org.jspecify.annotations.NullMarked;
