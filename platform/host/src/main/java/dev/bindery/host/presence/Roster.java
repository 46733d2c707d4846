package dev.bindery.host.presence;

import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Who serves under which name, according to Felix's service registry: services of one type, each
 * with a name and a ranking; under a name the highest ranking serves. Looking up takes no lock, and
 * sees a change as soon as {@link #register} or the registration's close has returned. Thread-safe.
 */
public final class Roster<T> implements AutoCloseable {
    private static final String NAME = "dev.bindery.name";

    private final BundleContext context;
    private final Class<T> type;
    private final Map<String, ConcurrentSkipListMap<ServiceReference<T>, T>> present =
            new ConcurrentHashMap<>();
    private final ServiceTracker<T, T> tracker;

    public Roster(FelixFramework framework, Class<T> type) {
        this.context = framework.context();
        this.type = type;
        this.tracker = new ServiceTracker<>(context, type, new Customizer());
        tracker.open();
    }

    /** Lets a service serve under the name, in place of those with a lower ranking. */
    @SuppressWarnings("JdkObsolete") // OSGi takes a Dictionary, and Hashtable is the one there is.
    public Registration register(String name, int ranking, T service) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(NAME, name);
        properties.put(Constants.SERVICE_RANKING, ranking);
        ServiceRegistration<T> registration = context.registerService(type, service, properties);
        return registration::unregister;
    }

    /** Who serves under the name now. */
    public Optional<T> find(String name) {
        var services = present.get(name);
        var best = services == null ? null : services.firstEntry();
        return best == null ? Optional.empty() : Optional.of(best.getValue());
    }

    /** Who serves, by name, in the order of the names. */
    public Map<String, T> all() {
        Map<String, T> all = new TreeMap<>();
        present.keySet().forEach(name -> find(name).ifPresent(service -> all.put(name, service)));
        return all;
    }

    /** Everything registered, those in the shadow of a higher ranking too. */
    public List<T> everyone() {
        return present.values().stream().flatMap(services -> services.values().stream()).toList();
    }

    @Override
    public void close() {
        tracker.close();
    }

    /** Ends with its close. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private final class Customizer implements ServiceTrackerCustomizer<T, T> {
        @Override
        public @Nullable T addingService(ServiceReference<T> reference) {
            T service = context.getService(reference);
            if (service != null) {
                services(reference).put(reference, service);
            }
            return service;
        }

        private ConcurrentSkipListMap<ServiceReference<T>, T> services(
                ServiceReference<T> reference) {
            String name = String.valueOf(reference.getProperty(NAME));
            return present.computeIfAbsent(
                    name, _ -> new ConcurrentSkipListMap<>(Comparator.reverseOrder()));
        }

        @Override
        public void modifiedService(ServiceReference<T> reference, T service) {
            // Neither name nor ranking of a registration ever changes.
        }

        @Override
        public void removedService(ServiceReference<T> reference, T service) {
            services(reference).remove(reference);
            context.ungetService(reference);
        }
    }
}
