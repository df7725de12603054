/** Brings pushes to apps that are made with Expo. */
@NullMarked
package dev.parley.notification.expo;

import org.jspecify.annotations.NullMarked;
