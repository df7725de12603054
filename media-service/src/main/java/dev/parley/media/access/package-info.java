/** Says who may see a file, and who may delete it. */
package dev.parley.media.access;
