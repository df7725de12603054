/** Starts what the services need: a store and a broker, which keep their data in one folder. */
package dev.parley.standalone.backing;
