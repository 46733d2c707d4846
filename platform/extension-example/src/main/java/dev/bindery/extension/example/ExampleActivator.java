package dev.bindery.extension.example;

import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** Registers one object twice: to hear events, and as a command. Felix undoes both with the end. */
public final class ExampleActivator implements BundleActivator {
    @Override
    @SuppressWarnings("JdkObsolete") // OSGi takes a Dictionary, and Hashtable is the one there is.
    public void start(BundleContext context) {
        Chronicle chronicle = new Chronicle();

        Hashtable<String, Object> heard = new Hashtable<>();
        heard.put(EventConstants.EVENT_TOPIC, "dev/bindery/binding/*");
        context.registerService(EventHandler.class, chronicle, heard);

        Hashtable<String, Object> command = new Hashtable<>();
        command.put("osgi.command.scope", "example");
        command.put("osgi.command.function", new String[] {"chronicle"});
        context.registerService(Object.class, chronicle, command);
    }

    @Override
    public void stop(BundleContext context) {}
}
