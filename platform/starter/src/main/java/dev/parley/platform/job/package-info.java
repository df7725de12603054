/** What a service does by itself, at its start and then at intervals: in each instance, or in one of all instances. */
@NullMarked
package dev.parley.platform.job;

import org.jspecify.annotations.NullMarked;
