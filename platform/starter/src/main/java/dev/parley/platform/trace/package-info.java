/** Shows the way of a request through the services as a trace, where an operator asks for traces. */
package dev.parley.platform.trace;
