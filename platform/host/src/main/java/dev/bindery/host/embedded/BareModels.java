package dev.bindery.host.embedded;

import dev.bindery.api.Models;
import dev.bindery.host.Host;
import dev.bindery.host.Reach;
import dev.bindery.host.generation.InstanceModels;

/** What the code of a {@link BareJar} sees of a host's instances. */
public final class BareModels {
    private BareModels() {}

    /**
     * The models of a host, as one of its instances would have them. Calls need an {@link
     * dev.bindery.host.Errand} that is under way, as everywhere.
     *
     * @param instance whose they are; it need not be there
     * @param reach the operator's leave
     */
    public static Models of(Host host, String instance, Reach reach) {
        return new InstanceModels(instance, reach, host.models());
    }
}
