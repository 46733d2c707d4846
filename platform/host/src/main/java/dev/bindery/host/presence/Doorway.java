package dev.bindery.host.presence;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.ServiceRegistration;

/**
 * What bundles that extend the host find of it in the service registry. Not for several threads.
 */
public final class Doorway implements AutoCloseable {
    private final FelixFramework framework;
    private final List<ServiceRegistration<?>> offered = new ArrayList<>();

    private Doorway(FelixFramework framework) {
        this.framework = framework;
    }

    public static Doorway open(FelixFramework framework) {
        return new Doorway(framework);
    }

    public <T> Doorway offer(Class<T> type, T service) {
        offered.add(framework.context().registerService(type, service, null));
        return this;
    }

    @Override
    public void close() {
        offered.forEach(ServiceRegistration::unregister);
    }
}
