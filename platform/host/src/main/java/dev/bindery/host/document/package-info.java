/**
 * YAML and JSON files that people edit: reading that knows lines and fields, limits against hostile
 * input, edits that keep comments, and replacing a file atomically. Knows nothing of what the files
 * mean; touches no other room.
 */
@NullMarked
package dev.bindery.host.document;

import org.jspecify.annotations.NullMarked;
