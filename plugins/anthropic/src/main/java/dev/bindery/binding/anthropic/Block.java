package dev.bindery.binding.anthropic;

import dev.bindery.api.Part;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One content block of an answer while it comes: tells what comes to the callback, and becomes a
 * part. Each method but the last returns whether to go on.
 */
interface Block {
    /** What the block begins with; in an answer that is not streamed, all of it. */
    boolean begin(JsonNode block);

    /** What is added; a kind of delta that the block does not know is none of its business. */
    boolean delta(JsonNode delta);

    /** Nothing more will come. */
    boolean end();

    /** The block as far as it came and was told; empty when that is nothing. */
    Optional<Part> part();
}
