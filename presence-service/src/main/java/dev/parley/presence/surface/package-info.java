/** The contract between the realtime core and a client family: what a family implements, and what it may use. */
@NullMarked
package dev.parley.presence.surface;

import org.jspecify.annotations.NullMarked;
