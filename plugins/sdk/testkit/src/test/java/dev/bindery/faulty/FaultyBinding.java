package dev.bindery.faulty;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.Capability;
import dev.bindery.api.EmbeddingPurpose;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonValue;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TokenCount;
import dev.bindery.api.TypedConfig;
import java.net.http.HttpClient;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the provider that {@link PlainFormat} words; keeps the contract but for the fault. */
public final class FaultyBinding extends LlmBinding {
    private static final String MODEL = "m";
    private static final String ONLY_ONE = "bindery.testkit.only";
    private static final int LETTERS = 0x110000;

    private volatile @Nullable HttpClient http;
    private volatile boolean freed;
    private volatile @Nullable Cancellation ended;
    private volatile boolean sawPage;
    private volatile long size;
    private int drawn;

    @Override
    public void start(BindingContext context) throws InterruptedException {
        Fault.KNOWS_ALL_CAPABILITIES.stumbleIf(
                context.card().capabilities().contains(new Capability("telepathy")));
        size = context.config().integer("size");
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        System.setProperty(ONLY_ONE, toString());
        if (Fault.LIVES_ONCE_ONLY.isOn()) {
            Thread.sleep(200);
        }
    }

    @Override
    public void stop() {
        HttpClient now = http;
        if (now != null) {
            now.shutdownNow();
        }
        Fault.STOP_FAILS.stumbleIf(true);
    }

    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        Fault.STUMBLES_OVER_SETTINGS.stumbleIf(true);
        size = updated.integer("size");
        return true;
    }

    @Override
    public List<String> listModels() {
        return List.of(MODEL);
    }

    @Override
    public List<ModelInfo> availableModels() {
        Set<Capability> claimed = new HashSet<>(context().card().capabilities());
        if (Fault.CLAIMS_WHAT_THE_CARD_DOES_NOT.isOn()) {
            claimed.add(Capability.CORRECTIONS);
        }
        return List.of(ModelInfo.builder(MODEL).capabilities(claimed).build());
    }

    @Override
    public void destroyModel(String model) {
        freed = true;
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback)
            throws Exception {
        if (!request.model().equals(MODEL) && !Fault.ANSWERS_FOR_ANY_MODEL.isOn()) {
            throw BindingException.modelNotFound("there is m only");
        }
        Fault.FREED_MODELS_STAY_AWAY.stumbleIf(freed);
        Fault.BREAKS_WITH_OTHER_SETTINGS.stumbleIf(size != 1);
        Fault.LIVES_ONCE_ONLY.stumbleIf(!toString().equals(System.getProperty(ONLY_ONE)));
        Cancellation before = ended;
        ended = null;
        Fault.BREAKS_WHEN_CANCELLED_LATE.stumbleIf(before != null && before.isCancelled());
        if (Fault.BREAKS_AFTER_A_PAGE.isOn() && sawPage) {
            throw Failures.unavailable("still out of order");
        }
        Picky.look(request);
        return answer(request, callback);
    }

    private GenerationResult answer(GenerationRequest request, GenerationCallback callback)
            throws Exception {
        HttpClient now = http;
        if (now == null) {
            throw new IllegalStateException("not started");
        }
        try (Telling telling = new Telling(context(), now, request, callback)) {
            return telling.result();
        } finally {
            ended = request.cancellation().isCancelled() ? null : request.cancellation();
            sawPage |= Failures.sawPage();
        }
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        Fault.KNOWS_ALL_PURPOSES.stumbleIf(
                request.purpose().filter(new EmbeddingPurpose("dreaming")::equals).isPresent());
        return EmbeddingResult.of(
                request.inputs().stream().map(_ -> new float[] {0.5f, 0.25f}).toList());
    }

    /** A letter is a token; by lot it may be a second one, which is spelled alike. */
    @Override
    public synchronized int[] tokenize(String model, String text) {
        int second = Fault.DRAWS_TOKENS_BY_LOT.isOn() && drawn++ % 2 == 0 ? LETTERS : 0;
        return text.codePoints().map(letter -> letter + second).toArray();
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            text.appendCodePoint(token % LETTERS);
        }
        return text.toString();
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        return TokenCount.exactly(Fault.COUNTS_NOTHING.isOn() ? 0 : 7);
    }

    @Override
    public JsonValue execute(
            String command, Map<String, JsonValue> arguments, ProgressListener listener) {
        if (Fault.TAKES_ANY_COMMAND.isOn()) {
            return JsonNull.NULL;
        }
        throw BindingException.unsupported("there are no commands");
    }
}
