/** A settings record checks its values here, so that an error names the property. */
package dev.parley.platform.settings;
