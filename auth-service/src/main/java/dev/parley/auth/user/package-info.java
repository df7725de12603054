/** Keeps users and publishes their changes. */
package dev.parley.auth.user;
