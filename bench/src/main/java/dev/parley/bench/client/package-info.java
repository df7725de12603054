/** Clients of a running platform: a user of the REST API, and a small Socket.IO client. */
@NullMarked
package dev.parley.bench.client;

import org.jspecify.annotations.NullMarked;
