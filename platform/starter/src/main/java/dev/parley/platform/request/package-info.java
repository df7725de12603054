/** What is known of every request: its id, which goes into the log, the answer and calls to others, its head, and that its address is text. */
package dev.parley.platform.request;
