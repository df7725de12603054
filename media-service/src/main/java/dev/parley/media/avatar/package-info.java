/** Makes the pictures of people: squares that hold nothing of their originals but pixels. */
package dev.parley.media.avatar;
