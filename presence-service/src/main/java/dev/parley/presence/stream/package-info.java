/** Where clients stand in what happens, what happened of late, and whether one that comes back can be told what it missed. */
@NullMarked
package dev.parley.presence.stream;

import org.jspecify.annotations.NullMarked;
