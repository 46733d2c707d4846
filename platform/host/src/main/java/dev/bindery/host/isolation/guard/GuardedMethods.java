package dev.bindery.host.isolation.guard;

import dev.bindery.host.isolation.guard.GuardedMethod.Answer;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which methods are guarded, and what is said of them. */
final class GuardedMethods {
    private static final String SYSTEM = "java/lang/System";
    private static final String RUNTIME = "java/lang/Runtime";

    private static final String ENDS =
            "%s would end the host and every other binding; throw a BindingException instead";
    private static final String NATIVE =
            "%s: native code runs only in a process of its own; say `isolation: process` in config.yaml";
    private static final String SHARED =
            "%s would change the whole host and every other binding; keep it to the binding's own objects, or say `isolation: process` in config.yaml";

    private static final Map<String, List<GuardedMethod>> BY_OWNER = table();

    private GuardedMethods() {}

    private static Map<String, List<GuardedMethod>> table() {
        Table table = new Table();
        table.refuse("java.lang.SecurityException", ENDS, SYSTEM, "exit");
        table.refuse("java.lang.SecurityException", ENDS, RUNTIME, "exit", "halt");
        table.refuse("java.lang.UnsatisfiedLinkError", NATIVE, SYSTEM, "load", "loadLibrary");
        table.refuse("java.lang.UnsatisfiedLinkError", NATIVE, RUNTIME, "load", "loadLibrary");
        foreign(table);
        shared(table);
        table.add(RUNTIME, "addShutdownHook", new Answer.Keep());
        table.add(RUNTIME, "removeShutdownHook", new Answer.GiveBack());
        return table.methods;
    }

    /** The restricted methods of the foreign function and memory API. */
    private static void foreign(Table table) {
        String exception = "java.lang.IllegalCallerException";
        String room = "java/lang/foreign/";
        table.refuse(exception, NATIVE, room + "Linker", "downcallHandle", "upcallStub");
        table.refuse(exception, NATIVE, room + "SymbolLookup", "libraryLookup");
        table.refuse(exception, NATIVE, room + "MemorySegment", "reinterpret");
        table.refuse(exception, NATIVE, room + "AddressLayout", "withTargetLayout");
    }

    private static void shared(Table table) {
        String exception = "java.lang.SecurityException";
        table.refuse(exception, SHARED, SYSTEM, "setIn", "setOut", "setErr", "setProperties");
        table.refuse(exception, SHARED, "java/util/Locale", "setDefault");
        table.refuse(exception, SHARED, "java/util/TimeZone", "setDefault");
        table.refuse(exception, SHARED, "java/lang/Thread", "setDefaultUncaughtExceptionHandler");
        table.refuse(exception, SHARED, "java/net/ProxySelector", "setDefault");
        table.refuse(exception, SHARED, "java/net/Authenticator", "setDefault");
        table.refuse(exception, SHARED, "java/net/CookieHandler", "setDefault");
        table.refuse(exception, SHARED, "java/net/ResponseCache", "setDefault");
        table.refuse(exception, SHARED, "java/net/URL", "setURLStreamHandlerFactory");
        table.refuse(exception, SHARED, "javax/net/ssl/SSLContext", "setDefault");
        table.refuse(
                exception,
                SHARED,
                "javax/net/ssl/HttpsURLConnection",
                "setDefaultHostnameVerifier",
                "setDefaultSSLSocketFactory");
    }

    static Optional<GuardedMethod> find(String owner, String name) {
        for (GuardedMethod method : BY_OWNER.getOrDefault(owner, List.of())) {
            if (method.name().equals(name)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a class file may call one of them: a cheap look at its bytes, since few classes do.
     */
    static boolean mayBeIn(String latin1) {
        for (Map.Entry<String, List<GuardedMethod>> owner : BY_OWNER.entrySet()) {
            if (latin1.contains(owner.getKey())
                    && owner.getValue().stream()
                            .anyMatch(method -> latin1.contains(method.name()))) {
                return true;
            }
        }
        return false;
    }

    private static final class Table {
        private final Map<String, List<GuardedMethod>> methods = new LinkedHashMap<>();

        void refuse(String exception, String sentence, String owner, String... names) {
            for (String name : names) {
                String label = owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
                add(
                        owner,
                        name,
                        new Answer.Refusal(ClassDesc.of(exception), sentence.formatted(label)));
            }
        }

        void add(String owner, String name, Answer answer) {
            methods.computeIfAbsent(owner, _ -> new ArrayList<>())
                    .add(new GuardedMethod(owner, name, answer));
        }
    }
}
