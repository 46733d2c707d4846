package dev.bindery.binding.llamacpp;

import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.PoolingType;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonObject;
import java.io.IOException;
import java.time.Duration;

/**
 * How a model is to be opened: what llama.cpp is told, and the memory that this will take.
 *
 * @param size bytes of its files and of what is laid over it
 * @param context tokens that a prompt and its answer may have together
 * @param parallel requests that it answers at once
 */
record Opening(
        InstalledModel model,
        GgufHeader header,
        long size,
        Settings settings,
        Purpose purpose,
        int context,
        int parallel) {
    /** llama.cpp wants a little more context than it fills, and rounds it up. */
    private static final int SPARE = 32;

    /** What a model is opened for. */
    enum Purpose {
        ANSWERS,
        EMBEDDINGS
    }

    /** Says how, once it is known that the model must be opened. */
    @FunctionalInterface
    interface Source {
        Opening opening() throws IOException;
    }

    static Opening of(InstalledModel model, Settings settings, Purpose purpose) throws IOException {
        GgufHeader header = header(model);
        boolean answers = purpose == Purpose.ANSWERS;
        long size = model.size();
        if (answers && settings.adapter().isPresent()) {
            size += settings.adapter().get().checkedSize(header);
        }
        int wanted = answers ? settings.contextLength() : settings.embeddingContext();
        return new Opening(
                model,
                header,
                size,
                settings,
                purpose,
                Math.min(wanted, header.trainedContext()),
                answers ? settings.parallel() : 1);
    }

    private static GgufHeader header(InstalledModel model) {
        try {
            return GgufHeader.of(model.file());
        } catch (IOException e) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "%s cannot be read as a model: %s".formatted(model.file(), e.getMessage()),
                    e);
        }
    }

    /** The same with other sizes. */
    Opening with(int otherContext, int otherParallel) {
        return new Opening(model, header, size, settings, purpose, otherContext, otherParallel);
    }

    MemoryNeed need() {
        return MemoryNeed.of(header, size, batch(), (long) cells() * parallel, parallel);
    }

    /** What every request for an answer must say. */
    JsonObject always() {
        return settings.adapter().map(Adapter::scaling).orElse(JsonObject.EMPTY);
    }

    private int cells() {
        return context + SPARE;
    }

    private int batch() {
        return purpose == Purpose.ANSWERS ? Math.max(2 * Engine.STRIDE, parallel) : cells();
    }

    /**
     * @throws BindingException UPSTREAM_ERROR when llama.cpp cannot
     */
    Engine open(NativeLibrary library) throws IOException {
        if (settings.gpuLayers() > 0 && !library.offloads()) {
            throw new BindingException(
                    ErrorCode.NOT_CONFIGURED,
                    "gpu_layers is %d, and the native library is built for processors only. Set gpu_layers to 0, name a library that is built for your graphics card in native_library, or let the binding managed run llama-server"
                            .formatted(settings.gpuLayers()));
        }
        long start = System.nanoTime();
        try {
            Llama llama = Llama.open(parameters(), library);
            return new Engine(this, llama, Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "llama.cpp cannot open %s, a model of the architecture %s: %s"
                            .formatted(model.file(), header.architecture(), e.getMessage()),
                    e);
        }
    }

    private ModelParameters parameters() {
        ModelParameters parameters =
                new ModelParameters()
                        .setModel(model.file().toString())
                        .setThreads(settings.processorThreads())
                        .setThreadsBatch(settings.processorThreads())
                        .setCtxSize(cells() * parallel)
                        .setBatchSize(batch());
        if (settings.gpuLayers() > 0) {
            parameters.setGpuLayers(settings.gpuLayers());
        }
        return purpose == Purpose.ANSWERS ? forAnswers(parameters) : forEmbeddings(parameters);
    }

    private ModelParameters forAnswers(ModelParameters parameters) {
        parameters.setParallel(parallel).disableContextShift();
        settings.adapter().ifPresent(it -> parameters.addLoraAdapter(it.file().toString()));
        return settings.chatTemplate().isEmpty()
                ? parameters
                : parameters.setChatTemplate(settings.chatTemplate());
    }

    private ModelParameters forEmbeddings(ModelParameters parameters) {
        parameters.enableEmbedding().setUbatchSize(batch());
        return header.hasSafePooling() ? parameters : parameters.setPoolingType(PoolingType.LAST);
    }
}
