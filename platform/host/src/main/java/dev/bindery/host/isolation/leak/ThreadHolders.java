package dev.bindery.host.isolation.leak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Platform threads that a binding started and never ended. Virtual ones are not listed by the JVM.
 */
final class ThreadHolders {
    private static final int FRAMES_NAMED = 1;

    private ThreadHolders() {}

    static List<String> of(Ownership ownership) {
        List<String> timers = new ArrayList<>();
        List<String> others = new ArrayList<>();
        List<String> strays = new ArrayList<>();
        Thread.getAllStackTraces()
                .forEach((thread, stack) -> {
                    if (belongs(thread, ownership)) {
                        boolean isTimer =
                                thread.getClass().getName().equals("java.util.TimerThread");
                        (isTimer ? timers : others).add(described(thread, stack, ownership));
                    } else if (isStray(thread, stack, ownership)) {
                        strays.add(described(thread, stack, ownership));
                    }
                });
        List<String> found = new ArrayList<>();
        say(found, others, "threads that it started are still running, end them in stop()");
        say(found, timers, "timers that it started are still running, cancel them in stop()");
        say(found, strays, "threads run code of its classes, or of others of the same names");
        return found;
    }

    private static void say(List<String> found, List<String> names, String what) {
        if (!names.isEmpty()) {
            found.add(what + ": " + names.stream().sorted().collect(Collectors.joining(", ")));
        }
    }

    private static boolean belongs(Thread thread, Ownership ownership) {
        return ownership.isOf(thread.getContextClassLoader())
                || ownership.has(thread)
                || ownership.has(thread.getUncaughtExceptionHandler());
    }

    /** Whether it runs its code without saying whose it is. */
    private static boolean isStray(Thread thread, StackTraceElement[] stack, Ownership ownership) {
        ClassLoader context = thread.getContextClassLoader();
        boolean isNobodys =
                context == null
                        || context.equals(ClassLoader.getSystemClassLoader())
                        || context.equals(ClassLoader.getPlatformClassLoader());
        return isNobodys && Arrays.stream(stack).anyMatch(frame -> isOwn(frame, ownership));
    }

    /** A frame names its class, but not the loader; a class of the same name may be another's. */
    private static boolean isOwn(StackTraceElement frame, Ownership ownership) {
        return frame.getModuleName() == null
                && frame.getClassLoaderName() == null
                && ownership.loaded(frame.getClassName()).isPresent();
    }

    private static String described(Thread thread, StackTraceElement[] stack, Ownership ownership) {
        String place =
                Arrays.stream(stack)
                        .filter(frame -> isOwn(frame, ownership))
                        .limit(FRAMES_NAMED)
                        .map(frame ->
                                " (in %s.%s)"
                                        .formatted(frame.getClassName(), frame.getMethodName()))
                        .collect(Collectors.joining());
        return thread.getName() + place;
    }
}
