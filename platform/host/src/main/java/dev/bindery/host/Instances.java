package dev.bindery.host;

import dev.bindery.api.JsonValue;
import dev.bindery.api.ProgressListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configured uses of bindings. Every method may be called from any thread; those that change
 * something return when the change has settled.
 */
public interface Instances {
    /** All instances, in the order in which bare model names are looked up. */
    List<InstanceStatus> list();

    Optional<InstanceStatus> find(String name);

    /**
     * Changes an instance, or adds one.
     *
     * @throws HostException when the change is refused; nothing has changed then
     */
    InstanceStatus configure(String name, InstanceChange change);

    /**
     * Gives an instance another name, with its settings, secrets and data folder. New calls find it
     * under the new name only; those in flight go on to their end.
     *
     * @throws HostException when there is no such instance, or the new name is taken or none;
     *     nothing has changed then
     */
    InstanceStatus rename(String name, String to);

    /** What an instance that had that name, and is not there, is called now. */
    Optional<String> renamed(String name);

    /**
     * Removes an instance; a binding without any gets its implicit one back.
     *
     * @throws HostException when there is no such instance, or it is implicit
     */
    void remove(String name);

    /**
     * Runs a command that the card of the instance's binding declares.
     *
     * @param arguments by name; a text may stand for a value of any other type
     * @return what the binding answers
     * @throws HostException when there is no such instance or command, or an argument does not fit
     * @throws dev.bindery.api.BindingException what the binding says
     */
    JsonValue execute(
            String name,
            String command,
            Map<String, JsonValue> arguments,
            ProgressListener listener);
}
