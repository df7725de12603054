/** Tells users what became of the files that they uploaded. */
@NullMarked
package dev.parley.presence.file;

import org.jspecify.annotations.NullMarked;
