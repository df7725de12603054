/** A service starts here as a program, with the configuration that all services begin with. */
package dev.parley.platform.boot;
