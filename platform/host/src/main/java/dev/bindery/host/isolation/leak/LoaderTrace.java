package dev.bindery.host.isolation.leak;

import java.lang.ref.WeakReference;

/**
 * What can be kept of a generation's class loader without holding it.
 *
 * @param ownClass the name of a class that it has loaded
 */
public record LoaderTrace(WeakReference<ClassLoader> loader, String ownClass) {}
