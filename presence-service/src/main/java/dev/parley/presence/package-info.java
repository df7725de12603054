/** The presence service: holds the clients' connections and sends them what happens. */
@NullMarked
package dev.parley.presence;

import org.jspecify.annotations.NullMarked;
