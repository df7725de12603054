/** Takes uploads that go on where they broke off (tus 1.0), and makes files of them when they are whole. */
@NullMarked
package dev.parley.media.tus;

import org.jspecify.annotations.NullMarked;
