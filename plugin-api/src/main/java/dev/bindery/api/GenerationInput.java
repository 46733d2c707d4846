package dev.bindery.api;

import org.apiguardian.api.API;

/**
 * What a generation starts from: a {@link Chat} or a {@link Prompt}. Expect kinds that you do not
 * know, and answer them with {@link ErrorCode#UNSUPPORTED}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public abstract class GenerationInput {
    GenerationInput() {}
}
