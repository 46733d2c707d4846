package dev.bindery.binding.llamacpp;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Frees a closed model's memory. The Java library's {@code close()} ends its loop and frees
 * nothing: weights, caches and buffers would stay until the process ends. Its native library
 * exports llama.cpp's own functions though; what they must be given stands twice in the library's
 * server object, as owner and as plain pointer, in a pattern that nothing else in it has.
 *
 * <p>Where the functions are not exported (Windows), or the pattern is not found, nothing is freed
 * and {@link #free} says so.
 */
final class NativeMemory {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
    private static final int SEARCHED_WORDS = 1024;

    /** The owners' place: model, context, three words, and the same of a draft model, all zero. */
    private static final int OWNERS = 10;

    private final MethodHandle modelOf;
    private final MethodHandle freeContext;
    private final MethodHandle freeModel;

    private NativeMemory(SymbolLookup library) {
        modelOf = function(library, "llama_get_model", FunctionDescriptor.of(WORD, WORD));
        freeContext = function(library, "llama_free", FunctionDescriptor.ofVoid(WORD));
        freeModel = function(library, "llama_model_free", FunctionDescriptor.ofVoid(WORD));
    }

    @SuppressWarnings("restricted") // looks into the library that the binding has loaded
    static Optional<NativeMemory> of(Path library) {
        try {
            return Optional.of(
                    new NativeMemory(SymbolLookup.libraryLookup(library, Arena.global())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** What a function without arguments says; absent where the library does not export it. */
    @SuppressWarnings("restricted") // looks into the library that the binding has loaded
    static Optional<Boolean> flag(Path library, String name) {
        try {
            SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
            MethodHandle function =
                    function(symbols, name, FunctionDescriptor.of(ValueLayout.JAVA_BOOLEAN));
            return Optional.of((boolean) function.invokeExact());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        } catch (Throwable e) {
            throw new IllegalStateException("a native function failed", e);
        }
    }

    /**
     * @param server the address of the library's server object, whose loop is at rest for good
     * @return whether the memory was freed
     */
    @SuppressWarnings("restricted") // reads no further than the pattern, within the object
    boolean free(long server) {
        MemorySegment words = MemorySegment.ofAddress(server).reinterpret(8L * SEARCHED_WORDS);
        for (int i = 0; i + OWNERS + 1 < SEARCHED_WORDS; i++) {
            if (isPattern(words, i)) {
                return free(word(words, i), word(words, i + 1));
            }
        }
        return false;
    }

    private static boolean isPattern(MemorySegment words, int i) {
        long model = word(words, i);
        long context = word(words, i + 1);
        boolean twice = model == word(words, i + OWNERS) && context == word(words, i + OWNERS + 1);
        boolean pointers = isAddress(model) && isAddress(context) && model != context;
        return twice && pointers && word(words, i + 5) == 0 && word(words, i + 6) == 0;
    }

    private static boolean isAddress(long word) {
        return word > 0xFFFF && word % 8 == 0;
    }

    private static long word(MemorySegment words, int i) {
        return words.getAtIndex(WORD, i);
    }

    private boolean free(long model, long context) {
        try {
            if ((long) modelOf.invokeExact(context) != model) {
                return false;
            }
            freeContext.invokeExact(context);
            freeModel.invokeExact(model);
            return true;
        } catch (Throwable e) {
            throw new IllegalStateException("a native function failed", e);
        }
    }

    @SuppressWarnings("restricted") // the functions' forms are those of llama.h
    private static MethodHandle function(
            SymbolLookup library, String name, FunctionDescriptor form) {
        MemorySegment address =
                library.find(name)
                        .orElseThrow(() -> new IllegalArgumentException("no function " + name));
        return Linker.nativeLinker().downcallHandle(address, form);
    }
}
