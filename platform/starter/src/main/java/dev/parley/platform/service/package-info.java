/** A service calls other services here; their errors come back as the same errors. */
package dev.parley.platform.service;
