package dev.bindery.binding.llamacpp;

import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.PoolingType;
import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationInput;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Message;
import dev.bindery.api.Part;
import dev.bindery.api.Prompt;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolResultPart;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One model in memory, opened either for answers or for embeddings. Any number of threads. */
final class Engine {
    /** llama.cpp wants a little more context than it fills. */
    private static final int SPARE = 32;

    /** Tokens of a prompt that are read at once: so long a cancelled request goes on at most. */
    static final int STRIDE = 32;

    private final InstalledModel model;
    private final GgufHeader header;
    private final Llama llama;
    private final Slots slots;
    private final int context;
    private final long memory;
    private final Duration loadTime;

    private Engine(
            InstalledModel model,
            GgufHeader header,
            Llama llama,
            int context,
            int parallel,
            Duration loadTime)
            throws IOException {
        this.model = model;
        this.header = header;
        this.llama = llama;
        this.context = context;
        this.slots = new Slots(parallel);
        this.loadTime = loadTime;
        this.memory =
                Files.size(model.file()) + header.bytesPerToken() * (context + SPARE) * parallel;
    }

    static Engine forAnswers(InstalledModel model, Settings settings, NativeLibrary library)
            throws IOException {
        GgufHeader header = header(model);
        int context = Math.min(settings.contextLength(), header.trainedContext());
        int parallel = settings.parallel();
        ModelParameters parameters =
                parameters(model, settings)
                        .setParallel(parallel)
                        .setCtxSize((context + SPARE) * parallel)
                        .setBatchSize(Math.max(2 * STRIDE, parallel))
                        .disableContextShift();
        if (!settings.chatTemplate().isEmpty()) {
            parameters.setChatTemplate(settings.chatTemplate());
        }
        return open(model, header, parameters, context, parallel, library);
    }

    static Engine forEmbeddings(InstalledModel model, Settings settings, NativeLibrary library)
            throws IOException {
        GgufHeader header = header(model);
        int context = Math.min(settings.embeddingContext(), header.trainedContext());
        ModelParameters parameters =
                parameters(model, settings)
                        .enableEmbedding()
                        .setCtxSize(context + SPARE)
                        .setBatchSize(context + SPARE)
                        .setUbatchSize(context + SPARE);
        if (!header.hasSafePooling()) {
            parameters.setPoolingType(PoolingType.LAST);
        }
        return open(model, header, parameters, context, 1, library);
    }

    private static ModelParameters parameters(InstalledModel model, Settings settings) {
        ModelParameters parameters =
                new ModelParameters()
                        .setModel(model.file().toString())
                        .setThreads(settings.processorThreads())
                        .setThreadsBatch(settings.processorThreads());
        return settings.gpuLayers() > 0
                ? parameters.setGpuLayers(settings.gpuLayers())
                : parameters;
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

    private static Engine open(
            InstalledModel model,
            GgufHeader header,
            ModelParameters parameters,
            int context,
            int parallel,
            NativeLibrary library)
            throws IOException {
        long start = System.nanoTime();
        try {
            Llama llama = Llama.open(parameters, library);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            return new Engine(model, header, llama, context, parallel, time);
        } catch (IOException e) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "llama.cpp cannot open %s, a model of the architecture %s: %s"
                            .formatted(model.file(), header.architecture(), e.getMessage()),
                    e);
        }
    }

    InstalledModel model() {
        return model;
    }

    Llama llama() {
        return llama;
    }

    Slots slots() {
        return slots;
    }

    /** Tokens that a prompt and its answer may have together. */
    int context() {
        return context;
    }

    /** About how much memory it takes, in bytes: the weights, and the context of all slots. */
    long memory() {
        return memory;
    }

    Duration loadTime() {
        return loadTime;
    }

    /** The tokens that the model is given for that input. */
    int[] tokens(GenerationInput input) {
        return switch (input) {
            case Prompt prompt when prompt.tokens().isPresent() ->
                    checked(prompt.tokens().orElseThrow());
            case Prompt prompt -> withBeginning(llama.tokens(prompt.text().orElse("")));
            case Chat chat -> withBeginning(llama.tokens(text(chat)));
            default -> throw BindingException.unsupported("this kind of input");
        };
    }

    /**
     * The conversation in the form that the model was trained on, up to where its answer begins.
     */
    private String text(Chat chat) {
        if (chat.messages().isEmpty()) {
            throw BindingException.invalidRequest("a conversation has at least one message");
        }
        JsonArray messages = new JsonArray(chat.messages().stream().map(Engine::json).toList());
        return TemplateText.unwrap(
                llama.applyTemplate(JsonObject.of("messages", messages).toString()));
    }

    private static JsonObject json(Message message) {
        Role role = message.role().equals(Role.DEVELOPER) ? Role.SYSTEM : message.role();
        String content = message.parts().stream().map(Engine::text).collect(Collectors.joining());
        return JsonObject.of("role", role.name(), "content", TemplateText.wrap(content));
    }

    private static String text(Part part) {
        return switch (part) {
            case TextPart text -> text.text();
            case ToolResultPart result -> result.text();
            default -> "";
        };
    }

    private int[] withBeginning(int[] tokens) {
        OptionalInt beginning = header.beginning();
        boolean has = tokens.length > 0 && beginning.orElse(-1) == tokens[0];
        return beginning.isEmpty() || has
                ? tokens
                : IntStream.concat(IntStream.of(beginning.getAsInt()), Arrays.stream(tokens))
                        .toArray();
    }

    /** The tokens, all of the model's vocabulary; llama.cpp would end the process for others. */
    int[] checked(int[] tokens) {
        int size = header.vocabularySize();
        for (int token : tokens) {
            if (token < 0 || token >= size) {
                throw BindingException.invalidRequest(
                        "%s has tokens from 0 to %d; found %d"
                                .formatted(model.name(), size - 1, token));
            }
        }
        return tokens;
    }
}
