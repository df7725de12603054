/** The events that services publish to each other, as records that are read and written as JSON, and the topics they are on. */
package dev.parley.events;
