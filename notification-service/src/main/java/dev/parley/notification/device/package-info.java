/** The devices that can be told something, and who they belong to. */
@NullMarked
package dev.parley.notification.device;

import org.jspecify.annotations.NullMarked;
