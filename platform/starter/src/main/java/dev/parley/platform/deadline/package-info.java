/** Every request has a time by which it must be answered, which it passes on to the services that it asks. */
package dev.parley.platform.deadline;
