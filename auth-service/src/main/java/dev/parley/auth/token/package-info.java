/** Signs access tokens, and keeps the keys for that. */
package dev.parley.auth.token;
