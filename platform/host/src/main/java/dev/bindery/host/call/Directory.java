package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import java.util.List;
import java.util.Optional;

/** What the router has to know of the instances beyond who serves. Asked on many threads. */
public interface Directory {
    /** The names of all instances, in the order in which bare model names are looked up. */
    List<String> order();

    /** The {@code instance/model} that an alias stands for. */
    Optional<String> alias(String name);

    /** The model that the instance's bare name stands for. */
    Optional<String> defaultModel(String instance);

    /** What an instance that had that name is called now. */
    Optional<String> renamed(String instance);

    /** Why an instance does not serve, in a form for its clients. */
    BindingException absence(String instance);

    /** Waits for an instance that is being exchanged; false when it is not, or took too long. */
    boolean awaitReturn(String instance) throws InterruptedException;
}
