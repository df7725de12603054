/** Says by the content of an upload what it is, and refuses what is not what it claims to be. */
package dev.parley.media.content;
