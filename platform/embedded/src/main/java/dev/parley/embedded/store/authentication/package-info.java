/** Lets a client in who proves that it knows the password, and refuses the commands of all others. */
@NullMarked
package dev.parley.embedded.store.authentication;

import org.jspecify.annotations.NullMarked;
