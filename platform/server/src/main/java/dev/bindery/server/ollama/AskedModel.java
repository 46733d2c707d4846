package dev.bindery.server.ollama;

import dev.bindery.api.Capability;
import dev.bindery.host.ServedModel;

/**
 * The model that a request names.
 *
 * @param shown its name as the client wrote it, which the answer repeats
 * @param name its name as the host knows it
 * @param served the model
 */
record AskedModel(String shown, String name, ServedModel served) {
    boolean can(Capability capability) {
        return served.capabilities().contains(capability);
    }
}
