package dev.bindery.http;

import dev.bindery.api.Sampling;
import org.apiguardian.api.API;

/**
 * The seed of requests that name none: the setting {@code seed}.
 *
 * @param seed negative for none
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record UsualSeed(long seed) {
    /** The provider picks one. */
    public static final UsualSeed NONE = new UsualSeed(-1);

    /** What is asked for, with this seed where it names none. */
    public Sampling in(Sampling asked) {
        return seed < 0 || asked.seed().isPresent() ? asked : asked.toBuilder().seed(seed).build();
    }
}
