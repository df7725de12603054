/** The REST side of chat-core: its pages, its errors, its rule on headers, and the views that several services render. */
package dev.parley.surface.chatcore;
