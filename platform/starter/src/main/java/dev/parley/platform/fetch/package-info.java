/** Fetches what stands at addresses that users name, and lets nobody reach by it what only the platform can reach. */
package dev.parley.platform.fetch;
