/** Carries WebSockets between clients and nodes. */
package dev.parley.gateway.websocket;
