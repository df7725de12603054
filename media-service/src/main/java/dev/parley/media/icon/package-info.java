/** Takes files as the icons of groups. */
package dev.parley.media.icon;
