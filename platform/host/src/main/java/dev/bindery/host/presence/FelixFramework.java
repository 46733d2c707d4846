package dev.bindery.host.presence;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded OSGi framework, with ConfigAdmin and EventAdmin as its bundles. */
public final class FelixFramework implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FelixFramework.class);

    /** What bundles see of the host's own class path. */
    private static final List<String> SHARED =
            List.of(
                    "org.osgi.service.cm;version=1.6.0",
                    "org.osgi.service.event;version=1.4.0",
                    "org.apache.felix.cm;version=1.2.0",
                    "org.apache.felix.cm.file;version=1.1.0",
                    "org.apache.felix.service.command;version=1.0.0",
                    "org.slf4j;version=2.0.0",
                    "dev.bindery.api;version=1.0.0",
                    "dev.bindery.host;version=0.1.0");

    private static final List<String> BUNDLES =
            List.of(
                    "org.apache.felix.cm.impl.ConfigurationManager",
                    "org.apache.felix.eventadmin.impl.Activator");

    private final Felix framework;

    private FelixFramework(Felix framework) {
        this.framework = framework;
    }

    /**
     * Starts the framework.
     *
     * @param storage where it keeps its files; emptied first
     */
    public static FelixFramework start(Path storage) throws IOException {
        Files.createDirectories(storage);
        Felix felix = new Felix(settings(storage));
        try {
            felix.start();
            for (String type : BUNDLES) {
                felix.getBundleContext().installBundle("reference:" + jarOf(type).toUri()).start();
            }
            return new FelixFramework(felix);
        } catch (BundleException | ClassNotFoundException | URISyntaxException e) {
            throw new IOException("the OSGi framework does not start: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> settings(Path storage) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        settings.put(
                Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", SHARED));
        settings.put("felix.cm.dir", storage.resolve("configurations").toString());
        settings.put("felix.log.level", "1");
        return settings;
    }

    private static Path jarOf(String type) throws ClassNotFoundException, URISyntaxException {
        Class<?> found = Class.forName(type, false, FelixFramework.class.getClassLoader());
        return Path.of(found.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The host's own place in the framework. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** Whether a bundle belongs to the host, not to an extension of it. */
    public boolean isOwn(Bundle bundle) {
        return bundle.getBundleId() <= BUNDLES.size();
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(TimeUnit.SECONDS.toMillis(10));
        } catch (BundleException e) {
            LOG.warn("the OSGi framework does not stop: {}", e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
