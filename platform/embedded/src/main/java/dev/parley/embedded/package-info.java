/** A Kafka broker and a document store that run inside this JVM, and free ports for them. */
@NullMarked
package dev.parley.embedded;

import org.jspecify.annotations.NullMarked;
