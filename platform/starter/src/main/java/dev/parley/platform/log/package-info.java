/** What a structured log says beside the message of a line. */
package dev.parley.platform.log;
