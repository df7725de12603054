/** Each client surface says here which paths it owns, how it renders an error, and which headers must agree with the token. */
package dev.parley.platform.surface;
