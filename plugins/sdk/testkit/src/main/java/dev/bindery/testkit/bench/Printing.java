package dev.bindery.testkit.bench;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands in for {@code System.out}, passes on what others print, and notes what a class of a
 * binding's class loader prints by itself, not through a logger. That goes to {@code System.err},
 * since output may be a report that somebody reads.
 */
public final class Printing implements AutoCloseable {
    private static final String LOADER = "BindingClassLoader";
    private static final int ENOUGH = 20;

    private final PrintStream before = System.out;
    private final PrintStream listening;
    private final List<String> printed = new CopyOnWriteArrayList<>();

    private Printing() {
        listening = new PrintStream(new Ear(), true, StandardCharsets.UTF_8);
    }

    /** Listens from now on. */
    public static Printing watched() {
        Printing printing = new Printing();
        System.setOut(printing.listening);
        return printing;
    }

    /** Who printed, and what. */
    public List<String> found() {
        return List.copyOf(printed);
    }

    @Override
    public void close() {
        if (System.out.equals(listening)) {
            System.setOut(before);
        }
    }

    private void note(String who, String text) {
        if (printed.size() < ENOUGH && !text.isEmpty()) {
            printed.add(who + " printed " + Said.quoted(text));
        }
    }

    /**
     * The binding's method that prints, where the nearest code outside of the JDK is a binding's.
     */
    private static Optional<String> printer() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames ->
                        frames.filter(frame -> !isOfTheJdk(frame.getDeclaringClass()))
                                .findFirst()
                                .filter(frame -> isOfBinding(frame.getDeclaringClass()))
                                .map(frame -> frame.getClassName() + "." + frame.getMethodName()));
    }

    private static boolean isOfTheJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null
                || loader.equals(ClassLoader.getPlatformClassLoader())
                || type.getName().startsWith(Printing.class.getName());
    }

    private static boolean isOfBinding(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader != null && loader.getClass().getSimpleName().equals(LOADER);
    }

    private final class Ear extends OutputStream {
        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            Optional<String> binding = printer();
            binding.ifPresent(who ->
                    note(who, new String(bytes, offset, length, StandardCharsets.UTF_8).strip()));
            (binding.isPresent() ? System.err : before).write(bytes, offset, length);
        }

        @Override
        public void flush() {
            before.flush();
        }
    }
}
