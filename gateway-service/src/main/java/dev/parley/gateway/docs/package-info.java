/** Serves the documents that describe the API, and puts the one about events together. */
package dev.parley.gateway.docs;
