package dev.bindery.host;

import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.Health;
import dev.bindery.api.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one instance, at one moment.
 *
 * @param name its name, the first part of its models' names
 * @param binding the id of its binding
 * @param state where it stands
 * @param reason why, in a sentence; empty when there is nothing to say
 * @param implicit whether it exists only because its binding does, with no file of its own
 * @param enabled whether the operator wants it to serve
 * @param settings the settings in force, secrets masked
 * @param template what settings there are; empty where the binding is not there
 * @param defaultModel the model that the bare instance name stands for
 * @param aliases other names of its models: alias to model
 * @param limits what one call and all calls together may take
 * @param placement where its code runs, and with how much memory
 * @param calls which models of other instances it may use
 * @param health what the instance says of itself
 * @param models the names of its models, without the instance's prefix
 * @param activeCalls calls in flight
 * @param queuedCalls calls that wait for a place
 * @param stuckCalls calls that ignore their cancellation
 */
public record InstanceStatus(
        String name,
        String binding,
        InstanceState state,
        String reason,
        boolean implicit,
        boolean enabled,
        JsonObject settings,
        ConfigTemplate template,
        Optional<String> defaultModel,
        Map<String, String> aliases,
        Limits limits,
        Placement placement,
        Reach calls,
        Health health,
        List<String> models,
        int activeCalls,
        int queuedCalls,
        int stuckCalls) {}
