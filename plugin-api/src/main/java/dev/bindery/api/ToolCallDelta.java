package dev.bindery.api;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A fragment of a tool call. The fragments of one index, joined, make the call; id and name come
 * with the first fragment of an index, the arguments join to one JSON object.
 *
 * @param index which call of the answer, from 0
 * @param id the call's id, in the first fragment
 * @param name the tool's name, in the first fragment
 * @param argumentsFragment the next piece of the arguments' JSON text, perhaps empty
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ToolCallDelta(
        int index, @Nullable String id, @Nullable String name, String argumentsFragment) {}
