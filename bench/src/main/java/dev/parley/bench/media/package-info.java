/** Measures files: uploads and downloads beside nginx, and thumbnails. */
@NullMarked
package dev.parley.bench.media;

import org.jspecify.annotations.NullMarked;
