/** A service reads JSON requests here field by field and refuses what cannot be shown again, and writes all times in one form. */
package dev.parley.platform.json;
