/** Tells users that others who share a conversation with them have another name or picture. */
@NullMarked
package dev.parley.presence.profile;

import org.jspecify.annotations.NullMarked;
