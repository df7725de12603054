/** Decides by its path which service gets a request, from what the registry says of the services. */
package dev.parley.gateway.route;
