/** The compose file agrees with the services that it starts. */
package dev.parley.deploy.compose;
