package dev.bindery.server;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.Capability;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.Message;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Operation;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.Prompt;
import dev.bindery.api.Role;
import dev.bindery.api.TokenCount;
import dev.bindery.api.Usage;
import dev.bindery.host.AnswerOperations;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/** Models that do what a test tells them; {@code echo/echo} is there from the start. */
final class FakeRouter implements ModelRouter {
    static final String ECHO = "echo/echo";

    private final Map<String, Model> models = new ConcurrentHashMap<>();
    final BlockingQueue<GenerationRequest> asked = new LinkedBlockingQueue<>();
    final BlockingQueue<EmbeddingRequest> embedded = new LinkedBlockingQueue<>();
    volatile RuntimeException pullFailure;
    volatile boolean pullTellsOfItsManifest;
    volatile String deleted;
    private final Map<String, String> aliases = new ConcurrentHashMap<>();
    final BlockingQueue<String> memory = new LinkedBlockingQueue<>();
    final Map<String, List<LoadedModel>> loaded = new ConcurrentHashMap<>();

    /** Models that are served without being listed. */
    final Set<String> unlisted = ConcurrentHashMap.newKeySet();

    FakeRouter() {
        serve(ECHO, FakeRouter::echo);
    }

    /** What a model does with a request. */
    @FunctionalInterface
    interface Behaviour {
        GenerationResult generate(GenerationRequest request, AnswerSink sink) throws Exception;
    }

    /** Tells what a behaviour has not told, as a host does. */
    private static final class Told implements AnswerSink {
        private final AnswerSink sink;
        private final Answer answer;

        Told(AnswerSink sink) {
            this.sink = sink;
            this.answer = new Answer(sink);
        }

        @Override
        public boolean on(Operation operation) {
            return answer.on(operation);
        }

        @Override
        public void pause() {
            sink.pause();
        }

        @Override
        public boolean silence() {
            return sink.silence();
        }

        GenerationResult rest(GenerationResult result) {
            for (int i = 0; i < result.candidates().size(); i++) {
                if (answer.parts(i).isEmpty()) {
                    for (Operation operation : AnswerOperations.of(result.candidates().get(i))) {
                        sink.on(operation.withCandidate(i));
                    }
                }
            }
            return result;
        }
    }

    private record Model(ServedModel served, Behaviour behaviour) {}

    void serve(String id, Behaviour behaviour, Capability... capabilities) {
        String[] names = id.split("/", 2);
        ModelInfo info =
                ModelInfo.builder(names[1])
                        .modified(Instant.ofEpochSecond(1_700_000_000))
                        .owner("tests")
                        .build();
        serve(names[0], info, behaviour, capabilities);
    }

    /** A model of which more is known. */
    void serve(String instance, ModelInfo info, Behaviour behaviour, Capability... capabilities) {
        ServedModel served = new ServedModel(instance, info, Set.of(capabilities), Instant.EPOCH);
        models.put(served.id(), new Model(served, behaviour));
    }

    /** A model whose answer is those operations. */
    void serve(String id, List<Operation> operations, FinishReason reason, Capability... caps) {
        serve(
                id,
                (_, sink) -> {
                    Answer answer = new Answer(sink);
                    operations.forEach(answer::on);
                    return answer.result(reason);
                },
                caps);
    }

    private static GenerationResult echo(GenerationRequest request, AnswerSink sink) {
        String text = heard(request);
        List<String> words = Arrays.asList(text.split("(?<=\\s)(?=\\S)"));
        int most = request.maxTokens().orElse(Integer.MAX_VALUE);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < request.candidates(); i++) {
            StringBuilder said = new StringBuilder();
            for (String word : words.subList(0, Math.min(most, words.size()))) {
                if (!sink.on(Operation.chunk(word).withCandidate(i))) {
                    throw BindingException.cancelled();
                }
                said.append(word);
                sink.pause();
            }
            FinishReason reason = words.size() > most ? FinishReason.LENGTH : FinishReason.STOP;
            candidates.add(Candidate.of(said.toString(), reason));
        }
        long output = Math.min(most, words.size()) * (long) request.candidates();
        return GenerationResult.builder()
                .candidates(candidates)
                .usage(Usage.of(words.size(), output))
                .build();
    }

    private static String heard(GenerationRequest request) {
        return request.chat()
                .map(chat -> chat.last(Role.USER).map(Message::text).orElse(""))
                .orElseGet(() -> heard(request.prompt().orElseThrow()));
    }

    private static String heard(Prompt prompt) {
        return prompt.text().orElseGet(() -> Arrays.toString(prompt.tokens().orElseThrow()))
                + prompt.suffix().map(suffix -> "|" + suffix).orElse("");
    }

    @Override
    public List<ServedModel> models() {
        return models.values().stream()
                .map(Model::served)
                .filter(model -> !unlisted.contains(model.id()))
                .toList();
    }

    @Override
    public List<ServedModel> availableModels() {
        return models();
    }

    @Override
    public ServedModel resolve(String name) {
        return model(name).served();
    }

    /** Another name of a model. */
    void alias(String name, String id) {
        aliases.put(name, id);
    }

    private Model model(String name) {
        Model model = models.get(aliases.getOrDefault(name, name));
        if (model == null) {
            throw BindingException.modelNotFound(
                    "there is no model %s; there are: %s"
                            .formatted(
                                    name,
                                    models.keySet().stream()
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
        return model;
    }

    @Override
    public GenerationResult generate(GenerationRequest request, AnswerSink sink) {
        Model model = model(request.model());
        asked.add(request);
        try {
            Told told = new Told(sink);
            GenerationResult result = model.behaviour().generate(request, told);
            return told.rest(result);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        model(request.model());
        embedded.add(request);
        int size = request.dimensions().orElse(3);
        if (size > 4096) {
            throw BindingException.invalidRequest("there are no vectors of length " + size);
        }
        List<float[]> vectors = new ArrayList<>();
        for (EmbeddingInput input : request.inputs()) {
            float[] vector = new float[size];
            Arrays.fill(vector, 0.5f);
            vector[0] = input.text().map(String::length).orElse(-1);
            vectors.add(vector);
        }
        return EmbeddingResult.builder(vectors).usage(Usage.of(7, 0)).build();
    }

    @Override
    public int[] tokenize(String model, String text) {
        return text.codePoints().toArray();
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        if (!Arrays.stream(tokens).allMatch(Character::isValidCodePoint)) {
            throw BindingException.invalidRequest("a token is a character's code point");
        }
        return new String(tokens, 0, tokens.length);
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        return TokenCount.exactly(heard(request).length());
    }

    @Override
    public void pull(String model, ProgressListener listener) {
        if (pullTellsOfItsManifest) {
            listener.progress(Progress.of("pulling manifest"));
        }
        listener.progress(Progress.of("fetching", 1, 2));
        if (pullFailure != null) {
            throw pullFailure;
        }
        listener.progress(Progress.of("fetching", 2, 2));
    }

    @Override
    public void delete(String model) {
        deleted = model;
    }

    @Override
    public void load(String model) {
        memory.add("load " + model);
    }

    @Override
    public void load(String model, Duration keep) {
        memory.add("load " + model + " for " + keep);
    }

    @Override
    public void unload(String model) {
        memory.add("unload " + model);
    }

    @Override
    public Map<String, List<LoadedModel>> loaded() {
        return loaded;
    }
}
