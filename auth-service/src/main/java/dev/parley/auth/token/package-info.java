/** Signs access tokens and publishes the public keys. */
package dev.parley.auth.token;
