/** What a push is to those that bring it to devices, whoever they are. */
@NullMarked
package dev.parley.notification.provider;

import org.jspecify.annotations.NullMarked;
