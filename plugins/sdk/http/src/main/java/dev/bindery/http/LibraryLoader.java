package dev.bindery.http;

/**
 * Runs work with this library's own loader as the thread's context class loader. OkHttp and Okio
 * start threads while they work, and a thread keeps the context class loader that its maker had: a
 * binding's loader would stay for as long as they idle.
 */
final class LibraryLoader {
    private static final ClassLoader OWN = LibraryLoader.class.getClassLoader();

    private LibraryLoader() {}

    static <T, E extends Exception> T call(Work<T, E> work) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OWN);
        try {
            return work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Work that returns something and may fail. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E;
    }
}
