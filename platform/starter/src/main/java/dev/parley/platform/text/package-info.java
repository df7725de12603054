/** The rules on text that all services share: what is blank, what a name may hold, which texts count as the same, how long a text is. */
package dev.parley.platform.text;
