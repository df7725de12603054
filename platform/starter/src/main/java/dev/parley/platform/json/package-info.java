/** A service reads JSON requests here field by field, and writes all times in one form. */
package dev.parley.platform.json;
