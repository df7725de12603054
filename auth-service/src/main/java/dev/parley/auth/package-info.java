/** The auth service: where it starts, and the errors that it answers with. */
package dev.parley.auth;
