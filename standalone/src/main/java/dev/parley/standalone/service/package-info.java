/** Starts the services: in this JVM, or nodes of a service as processes of their own. */
package dev.parley.standalone.service;
