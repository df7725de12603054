/** Finds the nodes of a service that runs in several, and takes each request to one of them. */
package dev.parley.gateway.node;
