package dev.bindery.binding.llamacpp;

import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * A model in memory: the Java library's {@link LlamaModel} with what it keeps to itself. Requests
 * go in as JSON (the library's own setters know neither prompts of tokens nor slots), and answers
 * come out with the word whether they are the last. Its exception is not for others to see; what it
 * says comes as a BindingException.
 *
 * <p>Safe for several threads, but for {@link #close}, which comes when no call is running. Whoever
 * asked must receive to the end: answers that nobody takes make other receivers spin.
 */
final class Llama implements AutoCloseable {
    private static final Access ACCESS = Access.open();

    private final LlamaModel model;
    private final NativeLibrary library;

    private Llama(LlamaModel model, NativeLibrary library) {
        this.model = model;
        this.library = library;
    }

    /**
     * @param library that was loaded for it
     * @throws IOException when the file cannot be opened as a model
     */
    static Llama open(ModelParameters parameters, NativeLibrary library) throws IOException {
        LlamaModel model = opened(parameters);
        if ((long) ACCESS.server.get(model) == 0) {
            throw new IOException("llama.cpp does not accept " + parameters);
        }
        return new Llama(model, library);
    }

    private static LlamaModel opened(ModelParameters parameters) throws IOException {
        try {
            return new LlamaModel(parameters.disableLog());
        } catch (RuntimeException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * A piece of an answer.
     *
     * @param text whole characters, perhaps none
     * @param last nothing follows, and this itself is no token
     */
    record Piece(String text, boolean last) {}

    /** Begins; the answer is received with the number that comes back. */
    int request(String json) {
        return (int) call(() -> (int) ACCESS.request.invokeExact(model, json));
    }

    Piece receive(int task) {
        LlamaOutput output =
                (LlamaOutput) call(() -> (LlamaOutput) ACCESS.receive.invokeExact(model, task));
        return new Piece(output.text, (boolean) ACCESS.last.get(output));
    }

    /** Ends a request early. Its receiver is not woken by this, so it must be the caller. */
    void cancel(int task) {
        call(() -> {
            ACCESS.cancel.invokeExact(model, task);
            return 0;
        });
    }

    int[] tokens(String text) {
        return model.encode(text);
    }

    /** The tokens must be of the model's vocabulary: others end the process. */
    String text(int[] tokens) {
        byte[] bytes = (byte[]) call(() -> (byte[]) ACCESS.decode.invokeExact(model, tokens));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    String applyTemplate(String json) {
        return model.applyTemplate(json);
    }

    float[] embed(String text) {
        return model.embed(text);
    }

    /**
     * Ends the loop and frees the memory.
     *
     * @return whether the memory could be freed
     */
    boolean closeAndFree() {
        // After its first answer the loop may yet clear the context's cache, once in its life; it
        // has done so when it answers again.
        rest();
        rest();
        long server = (long) ACCESS.server.get(model);
        model.close();
        return library.memory().map(memory -> memory.free(server)).orElse(false);
    }

    @Override
    public void close() {
        closeAndFree();
    }

    /** Returns when the loop has dealt with everything before, cancelled requests included. */
    private void rest() {
        int task = request("{\"prompt\":[],\"n_predict\":0,\"stream\":true}");
        while (!receive(task).last()) {
            Thread.onSpinWait();
        }
    }

    @FunctionalInterface
    private interface NativeCall {
        Object call() throws Throwable;
    }

    private static Object call(NativeCall call) {
        try {
            return call.call();
        } catch (RuntimeException e) {
            throw LlamaFailure.of(e);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private record Access(
            MethodHandle request,
            MethodHandle receive,
            MethodHandle cancel,
            MethodHandle decode,
            VarHandle last,
            VarHandle server) {
        static Access open() {
            Class<?> model = LlamaModel.class;
            try {
                MethodHandles.Lookup in =
                        MethodHandles.privateLookupIn(model, MethodHandles.lookup());
                return new Access(
                        in.findVirtual(model, "requestCompletion", type(int.class, String.class)),
                        in.findVirtual(
                                model, "receiveCompletion", type(LlamaOutput.class, int.class)),
                        in.findVirtual(model, "cancelCompletion", type(void.class, int.class)),
                        in.findVirtual(model, "decodeBytes", type(byte[].class, int[].class)),
                        in.findVarHandle(LlamaOutput.class, "stop", boolean.class),
                        in.findVarHandle(model, "ctx", long.class));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(
                        "this is not the version of de.kherud:llama that the binding was built for",
                        e);
            }
        }

        private static MethodType type(Class<?> result, Class<?> argument) {
            return MethodType.methodType(result, argument);
        }
    }
}
