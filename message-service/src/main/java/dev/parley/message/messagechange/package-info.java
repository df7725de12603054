/** Changes a stored message: writes the change together with its event, one change after the other. */
package dev.parley.message.messagechange;
