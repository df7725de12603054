/** Limits how many connections a client has, how long a request may take to come, and answers what is no request. */
package dev.parley.gateway.connection;
