/** Names the events of conversations that lists and counts may not show yet. */
package dev.parley.message.unprojected;
