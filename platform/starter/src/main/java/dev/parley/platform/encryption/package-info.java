/**
 * Encryption of what people write while it is stored or on its way between services.
 *
 * <p>message-service seals the contents of a message with the key of its conversation, before it stores them or tells of
 * them. What is sealed is stored and travels as one {@link dev.parley.events.Block.Sealed}, and is opened where it is shown.
 */
package dev.parley.platform.encryption;
