package dev.bindery.api;

import org.apiguardian.api.API;

/**
 * What a generation starts from: a {@link Chat} or a {@link Prompt}. Expect kinds that you do not
 * know, and answer them with {@link ErrorCode#UNSUPPORTED}.
 */
@API(status = API.Status.STABLE, since = "1.0")
public abstract class GenerationInput {
    GenerationInput() {}
}
