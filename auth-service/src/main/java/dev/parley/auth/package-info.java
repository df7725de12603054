/** auth-service: it starts here, and its error catalogue is here. */
package dev.parley.auth;
