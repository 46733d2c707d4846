package dev.bindery.host.presence;

import java.io.IOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;

/**
 * Named sets of settings in ConfigAdmin, both ways: what the host puts there is seen by every OSGi
 * tool, and what such a tool changes is told to the host. Values are plain Java values; never put a
 * secret there. Thread-safe.
 */
public final class Configurations implements AutoCloseable {
    private static final String FACTORY = "dev.bindery.instance";
    private static final String PREFIX = FACTORY + "~";

    private final FelixFramework framework;
    private final ServiceRegistration<ConfigurationListener> registration;
    private final ReentrantLock lock = new ReentrantLock();

    /** What is there for all that the host knows; changed only together with what is there. */
    private final Map<String, Map<String, Object>> known = new HashMap<>();

    /**
     * @param listener hears of what others than the host have changed
     */
    public Configurations(FelixFramework framework, Listener listener) {
        this.framework = framework;
        this.registration =
                framework
                        .context()
                        .registerService(
                                ConfigurationListener.class,
                                event -> changed(event, listener),
                                null);
    }

    /** Puts the settings of that name, in place of those there. */
    @SuppressWarnings("JdkObsolete") // OSGi takes a Dictionary, and Hashtable is the one there is.
    public void put(String name, Map<String, Object> settings) throws IOException {
        Map<String, Object> comparable = comparable(settings);
        lock.lock();
        try {
            if (!comparable.equals(known.put(name, comparable))) {
                admin().getFactoryConfiguration(FACTORY, name, "?")
                        .update(new Hashtable<>(settings));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes the settings of that name. */
    public void remove(String name) throws IOException {
        lock.lock();
        try {
            if (known.remove(name) != null) {
                admin().getFactoryConfiguration(FACTORY, name, "?").delete();
            }
        } finally {
            lock.unlock();
        }
    }

    private void changed(ConfigurationEvent event, Listener listener) {
        if (event.getType() == ConfigurationEvent.CM_UPDATED && event.getPid().startsWith(PREFIX)) {
            String name = event.getPid().substring(PREFIX.length());
            news(name).ifPresent(found -> listener.changed(name, found));
        }
    }

    /**
     * What is there now, where somebody else has put it. Events come late: what the host itself has
     * changed or removed meanwhile is no news.
     */
    private Optional<Map<String, Object>> news(String name) {
        lock.lock();
        try {
            Configuration[] there =
                    admin().listConfigurations("(service.pid=" + PREFIX + name + ")");
            if (there == null || !known.containsKey(name)) {
                return Optional.empty();
            }
            Map<String, Object> found = plain(there[0].getProcessedProperties(null));
            boolean isNews = !comparable(found).equals(known.put(name, comparable(found)));
            return isNews ? Optional.of(found) : Optional.empty();
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException("ConfigAdmin does not say what it has of " + name, e);
        } finally {
            lock.unlock();
        }
    }

    /** Arrays are equal only to themselves, lists to their like. */
    private static Map<String, Object> comparable(Map<String, Object> settings) {
        Map<String, Object> comparable = new TreeMap<>();
        settings.forEach((name, value) ->
                comparable.put(name, value instanceof Object[] items ? List.of(items) : value));
        return comparable;
    }

    private static Map<String, Object> plain(@Nullable Dictionary<String, Object> dictionary) {
        Map<String, Object> plain = new TreeMap<>();
        if (dictionary == null) {
            return plain;
        }
        for (var keys = dictionary.keys(); keys.hasMoreElements(); ) {
            String key = keys.nextElement();
            if (!key.startsWith("service.") && !key.equals(Constants.SERVICE_PID)) {
                plain.put(key, dictionary.get(key));
            }
        }
        return plain;
    }

    private ConfigurationAdmin admin() {
        ServiceReference<ConfigurationAdmin> reference =
                framework.context().getServiceReference(ConfigurationAdmin.class);
        return framework.context().getService(reference);
    }

    @Override
    public void close() {
        registration.unregister();
    }

    /** Hears of changed settings. */
    @FunctionalInterface
    public interface Listener {
        void changed(String name, Map<String, Object> settings);
    }
}
