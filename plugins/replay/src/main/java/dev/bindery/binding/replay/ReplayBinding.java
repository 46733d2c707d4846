package dev.bindery.binding.replay;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Message;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TokenCount;
import dev.bindery.api.TypedConfig;
import dev.bindery.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers for another instance, from what it answered before. Free for all threads. */
public final class ReplayBinding extends LlmBinding {
    private volatile @Nullable Studio studio;

    @Override
    public void start(BindingContext context) {
        studio = studio(context.config());
    }

    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        Studio next = studio(updated);
        boolean live = next.settings().target().equals(studio().settings().target());
        studio = live ? next : studio;
        return live;
    }

    private Studio studio(TypedConfig config) {
        return Studio.of(
                config.as(ReplaySettings.class),
                context().dataDirectory(),
                context().notifications());
    }

    private Studio studio() {
        Studio now = studio;
        if (now == null) {
            throw new IllegalStateException("not started");
        }
        return now;
    }

    @Override
    public List<String> listModels() {
        return availableModels().stream().map(ModelInfo::name).toList();
    }

    @Override
    public List<ModelInfo> availableModels() {
        Studio now = studio();
        Map<String, ModelInfo> models = new TreeMap<>();
        now.library().models().forEach(model -> models.put(model, ModelInfo.of(model)));
        if (now.settings().mode() != Mode.REPLAY) {
            String prefix = now.settings().target() + "/";
            for (String name : context().models().names()) {
                if (name.startsWith(prefix)) {
                    String bare = name.substring(prefix.length());
                    models.put(bare, context().models().model(name).toBuilder().name(bare).build());
                }
            }
        }
        return List.copyOf(models.values());
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Studio now = studio();
        Question question = now.library().question(now.questions().write("generate", request));
        Optional<Recording> recording = recording(now, question);
        if (recording.isPresent()) {
            return UnreadableException.told(() ->
                    told(
                            now.player().play(recording.get(), callback, request.cancellation()),
                            recording.get()));
        }
        return recorded(now, question, request, callback);
    }

    /** The recording to answer from; empty when the target is to be asked. */
    private static Optional<Recording> recording(Studio now, Question question) {
        if (now.settings().mode() == Mode.RECORD) {
            return Optional.empty();
        }
        Optional<Recording> found = UnreadableException.told(() -> now.library().find(question));
        if (found.isEmpty() && now.settings().mode() == Mode.REPLAY) {
            throw now.library().miss(question);
        }
        return found;
    }

    private static GenerationResult told(GenerationResult result, Recording recording) {
        String file = recording.file().getFileName().toString();
        return result.toBuilder()
                .metadata(result.metadata().with("replay", JsonObject.of("recording", file)))
                .build();
    }

    private GenerationResult recorded(
            Studio now, Question question, GenerationRequest request, GenerationCallback callback) {
        Tape tape = new Tape(callback, now.operations(), System::nanoTime);
        List<Blob> media = new ArrayList<>(media(request));
        try {
            GenerationResult result =
                    context()
                            .models()
                            .generate(
                                    request.toBuilder().model(now.of(request.model())).build(),
                                    tape);
            media.addAll(tape.media());
            result.candidates()
                    .forEach(candidate -> media.addAll(PartForm.media(candidate.parts())));
            if (tape.isComplete() && !isCancelled(result)) {
                now.recorder()
                        .answered(question, media, tape.operations(), now.results().write(result));
            }
            return result;
        } catch (BindingException e) {
            media.addAll(tape.media());
            now.recorder().failed(question, media, tape.operations(), e);
            throw e;
        }
    }

    private static boolean isCancelled(GenerationResult result) {
        return result.candidates().stream()
                .anyMatch(candidate -> candidate.finishReason().equals(FinishReason.CANCELLED));
    }

    private static List<Blob> media(GenerationRequest request) {
        return request.chat().stream()
                .flatMap(chat -> chat.messages().stream())
                .map(Message::parts)
                .flatMap(parts -> PartForm.media(parts).stream())
                .toList();
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        Studio now = studio();
        return once(
                now,
                now.questions().write(request),
                List.of(),
                () ->
                        context()
                                .models()
                                .embed(request.toBuilder().model(now.of(request.model())).build()),
                ResultForm::write,
                ResultForm::embedding);
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        Studio now = studio();
        return once(
                now,
                now.questions().write("count_tokens", request),
                media(request),
                () ->
                        context()
                                .models()
                                .countTokens(
                                        request.toBuilder().model(now.of(request.model())).build()),
                count -> Json.object().put("tokens", count.tokens()).put("exact", count.exact()),
                result ->
                        new TokenCount(
                                result.path("tokens").longValue(0),
                                result.path("exact").booleanValue(false)));
    }

    @Override
    public int[] tokenize(String model, String text) {
        Studio now = studio();
        return once(
                now,
                QuestionForm.tokenize(model, text),
                List.of(),
                () -> context().models().tokenize(now.of(model), text),
                tokens -> new Fields().node("tokens", Fields.wholes(tokens)).node(),
                result ->
                        result.path("tokens").valueStream().mapToInt(JsonNode::intValue).toArray());
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        Studio now = studio();
        return once(
                now,
                QuestionForm.detokenize(model, tokens),
                List.of(),
                () -> context().models().detokenize(now.of(model), tokens),
                text -> Json.object().put("text", text),
                result -> Json.text(result, "text"));
    }

    /** A call that is answered in one piece. */
    private <T> T once(
            Studio now,
            ObjectNode asked,
            List<Blob> media,
            Supplier<T> call,
            Function<T, ObjectNode> write,
            Function<JsonNode, T> read) {
        Question question = now.library().question(asked);
        Optional<Recording> recording = recording(now, question);
        if (recording.isPresent()) {
            return UnreadableException.told(() -> {
                recording.get().throwIfFailed();
                return read.apply(recording.get().result());
            });
        }
        try {
            T answer = call.get();
            now.recorder().answered(question, media, Json.array(), write.apply(answer));
            return answer;
        } catch (BindingException e) {
            now.recorder().failed(question, media, Json.array(), e);
            throw e;
        }
    }
}
