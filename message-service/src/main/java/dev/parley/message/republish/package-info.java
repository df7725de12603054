/** Publishes the events of stored messages again, for those who lost what they knew of them. */
package dev.parley.message.republish;
