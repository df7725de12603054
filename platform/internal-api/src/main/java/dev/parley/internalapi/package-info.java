/** Tests check here that services ask and answer each other as the documents of internal endpoints say. */
@NullMarked
package dev.parley.internalapi;

import org.jspecify.annotations.NullMarked;
