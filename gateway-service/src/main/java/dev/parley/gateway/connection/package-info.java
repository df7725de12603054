/** Limits how many connections a client has, and how long a request may take to come. */
package dev.parley.gateway.connection;
