/** Every request gets an id here, which goes into the log, the answer and the calls to other services. */
package dev.parley.platform.request;
