/** Registers users and signs them in with their passwords. */
package dev.parley.auth.credential;
