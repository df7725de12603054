/** Takes the events along that were published and not handled yet, from one broker to another. */
package dev.parley.standalone.backlog;
