/** Tells clients what they must know about this installation. */
package dev.parley.gateway.clientconfig;
