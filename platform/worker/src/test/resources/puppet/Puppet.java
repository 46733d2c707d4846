package puppet;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.Candidate;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Operation;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TokenCount;
import dev.bindery.api.TypedConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Does what the prompt says: a word, and what comes after it. */
public final class Puppet extends LlmBinding {
    private volatile String colour = "";

    @Override
    public void install() {
        if (context().card().description().equals("hosted")) {
            return; // A whole host would really look for it.
        }
        context().packages().install("a:b:1", null, ProgressListener.IGNORE);
        success("installed");
    }

    @Override
    public void start(BindingContext context) throws Exception {
        colour = context.config().string("colour");
        switch (colour) {
            case "hang" -> new CountDownLatch(1).await();
            case "refuse" ->
                    throw new BindingException(ErrorCode.NOT_CONFIGURED, "no colour of mine");
            case "fail" -> throw new IllegalStateException("broken on purpose");
            default -> info("started as " + context.instance());
        }
    }

    @Override
    public void stop() throws Exception {
        Files.writeString(context().dataDirectory().resolve("stopped"), colour);
    }

    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        colour = updated.string("colour");
        return !colour.equals("grey");
    }

    @Override
    public Health health() {
        return Health.degraded("tired");
    }

    @Override
    public List<String> listModels() {
        return List.of("puppet");
    }

    @Override
    public List<ModelInfo> availableModels() {
        return List.of(ModelInfo.builder("puppet").contextLength(5).build());
    }

    @Override
    public List<LoadedModel> loadedModels() {
        return List.of(LoadedModel.builder("puppet").memoryBytes(7L).build());
    }

    @Override
    public void pullModel(String model, ProgressListener listener) throws Exception {
        listener.progress(Progress.of("pulling " + model, 1, 2));
        Path target = context().modelsDirectory().resolve(model);
        context().packages().download(URI.create("https://e.org/m"), null, target, listener);
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return EmbeddingResult.of(
                request.inputs().stream()
                        .map(input -> new float[] {input.text().orElseThrow().length(), 0.1f})
                        .toList());
    }

    @Override
    public int[] tokenize(String model, String text) {
        return text.chars().toArray();
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        return new String(tokens, 0, tokens.length);
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        return TokenCount.exactly(42);
    }

    @Override
    public JsonValue execute(
            String command, Map<String, JsonValue> arguments, ProgressListener listener) {
        return new JsonString(command + arguments);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback)
            throws Exception {
        String text =
                request.prompt()
                        .flatMap(prompt -> prompt.text())
                        .orElseGet(() -> request.chat().orElseThrow().messages().getLast().text());
        String[] order = text.split(" ", 2);
        String rest = order.length > 1 ? order[1] : "";
        return switch (order[0]) {
            case "say" -> say(List.of(rest.split("(?<= )")), callback);
            case "stream" -> say(java.util.Collections.nCopies(Integer.parseInt(rest), "x"), callback);
            case "forever" -> forever(callback);
            case "wait" -> await(request);
            case "deaf" -> deaf();
            case "fail" -> throw new IllegalStateException(rest);
            case "refuse" ->
                    throw BindingException.builder(new ErrorCode("ODD", 418, true), rest)
                            .upstreamStatus(503)
                            .build();
            case "overflow" -> overflow(request, callback);
            case "exhaust" -> exhaust();
            case "null" -> null;
            case "halt" -> {
                callback.chunk("first");
                Runtime.getRuntime().halt(Integer.parseInt(rest));
                yield null;
            }
            case "exit" -> {
                System.exit(Integer.parseInt(rest));
                yield null;
            }
            case "spawn" -> spawn();
            case "orphan" -> orphan();
            case "print" -> print(Integer.parseInt(rest));
            case "read" -> GenerationResult.of("read " + System.in.read());
            case "environment" -> GenerationResult.of(System.getenv().keySet().toString());
            case "heap" -> GenerationResult.of(Long.toString(Runtime.getRuntime().maxMemory() >> 20));
            case "property" -> GenerationResult.of(String.valueOf(System.getProperty(rest)));
            case "colour" -> GenerationResult.of(colour);
            case "class" -> classNamed(rest);
            case "ask" -> context().models().generate(GenerationRequest.prompt(rest, "hi").build(), callback);
            case "relay" -> relay(request, rest, callback);
            case "retry" -> GenerationResult.of(
                    request.retries().take() + " " + request.retries().take());
            case "left" -> {
                relay(request, rest, GenerationCallback.IGNORE);
                yield GenerationResult.of("" + request.retries().left());
            }
            case "tokens" -> GenerationResult.of(tokens(request, rest));
            case "models" -> GenerationResult.of(context().models().names().toString());
            case "thread" -> GenerationResult.of(thread());
            case "log" -> {
                context().logger().log(System.Logger.Level.WARNING, "logged {0}", rest);
                org.slf4j.LoggerFactory.getLogger("a.b").warn("said {} {}", rest, 1);
                org.slf4j.LoggerFactory.getLogger("a.b").debug("hidden");
                yield GenerationResult.of("");
            }
            case "images" -> images(request, callback);
            default -> throw BindingException.invalidRequest("what is " + order[0] + "?");
        };
    }

    private String tokens(GenerationRequest request, String order) {
        String[] next = order.split(" ", 2);
        dev.bindery.api.Models models = context().models();
        int[] tokens = models.tokenize(next[0], next[1]);
        return "%s %s %d %d"
                .formatted(
                        java.util.Arrays.toString(tokens),
                        models.detokenize(next[0], tokens),
                        models.countTokens(request.toBuilder().model(next[0]).build()).tokens(),
                        models.embed(EmbeddingRequest.of(next[0], List.of("a"))).vectors().size());
    }

    private GenerationResult relay(
            GenerationRequest request, String order, GenerationCallback callback) {
        String[] next = order.split(" ", 2);
        return context()
                .models()
                .generate(
                        request.toBuilder()
                                .model(next[0])
                                .input(dev.bindery.api.Prompt.of(next[1]))
                                .build(),
                        callback);
    }

    private static GenerationResult say(List<String> pieces, GenerationCallback callback) {
        StringBuilder said = new StringBuilder();
        for (String piece : pieces) {
            said.append(piece);
            if (!callback.chunk(piece)) {
                return GenerationResult.of(said.toString(), FinishReason.CANCELLED);
            }
        }
        return GenerationResult.of(said.toString());
    }

    private static GenerationResult forever(GenerationCallback callback) throws Exception {
        int said = 0;
        while (callback.chunk("x")) {
            said++;
            Thread.sleep(1);
        }
        return GenerationResult.of("x".repeat(said + 1), FinishReason.CANCELLED);
    }

    private GenerationResult await(GenerationRequest request) throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (var ignored = request.cancellation().onCancel(cancelled::countDown)) {
            info("waiting");
            cancelled.await();
        }
        info("cancelled");
        throw BindingException.cancelled();
    }

    private GenerationResult deaf() {
        info("deaf");
        while (true) {
            Thread.onSpinWait();
        }
    }

    private GenerationResult overflow(GenerationRequest request, GenerationCallback callback)
            throws Exception {
        return generate(request, callback);
    }

    private static GenerationResult exhaust() {
        List<byte[]> all = new java.util.ArrayList<>();
        while (true) {
            all.add(new byte[1 << 24]);
        }
    }

    private static GenerationResult spawn() throws Exception {
        Process shell =
                new ProcessBuilder("/bin/sh", "-c", "sleep 1000 & echo $!; wait").start();
        String pid = shell.inputReader().readLine();
        return GenerationResult.of(shell.pid() + " " + pid);
    }

    /** A process whose parent ends at once. */
    private static GenerationResult orphan() throws Exception {
        Process shell =
                new ProcessBuilder("/bin/sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo $!")
                        .start();
        return GenerationResult.of(shell.inputReader().readLine());
    }

    private static GenerationResult print(int lines) {
        for (int i = 0; i < lines; i++) {
            System.out.println("printed line " + i + " " + "x".repeat(200));
        }
        return GenerationResult.of("printed");
    }

    private static GenerationResult classNamed(String name) {
        try {
            return GenerationResult.of(Class.forName(name).getName());
        } catch (ClassNotFoundException e) {
            return GenerationResult.of("no " + name);
        }
    }

    private static String thread() {
        Thread thread = Thread.currentThread();
        return thread.isVirtual()
                + " "
                + (thread.getContextClassLoader() == Puppet.class.getClassLoader());
    }

    private static GenerationResult images(GenerationRequest request, GenerationCallback callback)
            throws Exception {
        Message last = request.chat().orElseThrow().messages().getLast();
        byte[] image = last.parts(MediaPart.class).getFirst().blob().orElseThrow().bytes();
        byte[] turned = new byte[image.length];
        for (int i = 0; i < image.length; i++) {
            turned[i] = image[image.length - 1 - i];
        }
        MediaPart answer = MediaPart.of(Blob.of("image/png", turned));
        callback.on(Operation.media(answer));
        return GenerationResult.of(Candidate.builder().parts(List.of(answer)).build());
    }
}
