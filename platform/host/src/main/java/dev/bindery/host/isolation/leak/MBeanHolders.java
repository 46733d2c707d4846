package dev.bindery.host.isolation.leak;

import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** MBeans that a binding registered. */
final class MBeanHolders {
    private MBeanHolders() {}

    static List<String> of(Ownership ownership) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        return server.queryNames(null, null).stream()
                .filter(name -> isOwn(server, name, ownership))
                .map(ObjectName::toString)
                .sorted()
                .map(name -> "the MBean %s is registered, unregister it in stop()".formatted(name))
                .toList();
    }

    private static boolean isOwn(MBeanServer server, ObjectName name, Ownership ownership) {
        try {
            return ownership.isOf(server.getClassLoaderFor(name));
        } catch (InstanceNotFoundException e) {
            return false;
        }
    }
}
