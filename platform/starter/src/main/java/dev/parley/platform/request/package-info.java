/** What is known of every request: its id, which goes into the log, the answer and calls to others, and its head. */
package dev.parley.platform.request;
