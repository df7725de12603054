package dev.parley.platform.settings;

/**
 * Something that is made of settings alone, and checks more of them than their records do, such as that a key is one. A check of the
 * configuration makes it too; making it opens no connection.
 */
public interface FromSettings {}
