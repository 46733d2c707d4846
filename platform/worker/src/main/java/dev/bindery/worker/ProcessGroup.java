package dev.bindery.worker;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The group of this process and of all that it starts, so that they end together. Where there are
 * no process groups, its descendants are ended one by one.
 */
final class ProcessGroup {
    private static final int KILL = 9;
    private static final int STATUS = 0;

    private static volatile boolean leads;

    private ProcessGroup() {}

    /** Makes this process the leader of a session and a group of its own; says whether it is. */
    static boolean lead() {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return false;
        }
        try {
            MethodHandle setsid = function("setsid", FunctionDescriptor.of(ValueLayout.JAVA_INT));
            leads = (int) setsid.invokeExact() >= 0;
        } catch (Throwable _) {
            leads = false;
        }
        return leads;
    }

    /** Ends all of them, this process included, at once. */
    static void end() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        if (leads) {
            killGroup();
        }
        Runtime.getRuntime().halt(STATUS);
    }

    private static void killGroup() {
        try {
            MethodHandle kill =
                    function(
                            "kill",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT));
            int _ = (int) kill.invokeExact(0, KILL);
        } catch (Throwable _) {
            // The descendants that were known are ended; this process ends next.
        }
    }

    @SuppressWarnings("restricted") // setsid and kill are what the types say.
    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }
}
