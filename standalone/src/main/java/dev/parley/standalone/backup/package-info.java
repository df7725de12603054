/** Makes backups of the platform while it runs, and restores them. */
package dev.parley.standalone.backup;
