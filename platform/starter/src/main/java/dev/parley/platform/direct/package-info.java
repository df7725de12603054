/**
 * One service calls another here in a user's name, without WebFlux's filters and handlers: for calls that come so often, and
 * do so little, that the filters would take longer than the call.
 */
package dev.parley.platform.direct;
