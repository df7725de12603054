/** Makes what is shown of a file before it is loaded: a small picture, its size, its duration, its waveform. */
package dev.parley.media.preview;
