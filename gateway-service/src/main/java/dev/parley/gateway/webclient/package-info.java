/** Serves the pages of the web client. */
package dev.parley.gateway.webclient;
