package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import java.time.Duration;

/** Hears of models that were freed because nobody asked for them. */
public interface FreedModels {
    /**
     * @param idle for how long nobody had asked
     */
    void freed(String model, Duration idle);

    /** The binding did not free it; it is tried again later. */
    void kept(String model, BindingException why);
}
