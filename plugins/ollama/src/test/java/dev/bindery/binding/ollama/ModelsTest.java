package dev.bindery.binding.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.fixture.MockProvider;
import dev.bindery.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final String DIGEST =
            "9c2f31e62169298c3e1a8ab7f1424cb32a1ea7c30857e3c7304bd62df8d3ab6b";
    private static final String TAGS =
            "{'models':[{'name':'smollm2:latest','model':'smollm2:latest','modified_at':'2026-11-23T02:37:26.004082522Z','size':98363007,'digest':'%s','details':{'parent_model':'','format':'gguf','family':'llama','families':['llama'],'parameter_size':'134.52M','quantization_level':'Q4_1'}},{'name':'bert:v2','model':'bert:v2','modified_at':'2026-11-23T03:37:26+01:00','size':1,'digest':'b','details':{}}]}"
                    .formatted(DIGEST);
    private static final String SHOWN =
            "{'license':'\\n  Apache License\\n  Version 2.0','template':'{{ .Prompt }}','capabilities':['completion','tools','vision','thinking','insert','novelty'],'model_info':{'general.architecture':'llama','llama.context_length':2048,'llama.embedding_length':576,'tokenizer.ggml.tokens':null}}";

    private Ollama ollama;

    @BeforeEach
    void start() throws IOException {
        ollama = new Ollama(Map.of("context_size", 1024, "keep_alive", "30m"));
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    @Test
    void namesAreListedWithoutTheTagThatIsImplied() {
        ollama.answers(200, TAGS);

        assertThat(ollama.binding().listModels()).containsExactly("smollm2", "bert:v2");
    }

    @Test
    void whatIsKnownOfAModelIsTold() {
        ollama.answers(200, TAGS);
        ollama.answers(200, SHOWN);
        ollama.answers(200, "{'capabilities':['embedding']}");

        List<ModelInfo> models = ollama.binding().availableModels();

        ModelInfo first = models.getFirst();
        assertThat(first.name()).isEqualTo("smollm2");
        assertThat(first.contextLength()).hasValue(2048);
        assertThat(first.embeddingDimensions()).hasValue(576);
        assertThat(first.sizeBytes()).hasValue(98_363_007);
        assertThat(first.digest()).contains(DIGEST);
        assertThat(first.modified()).contains(Instant.parse("2026-11-23T02:37:26.004082522Z"));
        assertThat(first.family()).contains("llama");
        assertThat(first.parameterSize()).contains("134.52M");
        assertThat(first.quantization()).contains("Q4_1");
        assertThat(first.template()).contains("{{ .Prompt }}");
        assertThat(first.license()).contains("Apache License");
        assertThat(first.capabilities())
                .contains(Capability.CHAT, Capability.TOOLS, Capability.IMAGES)
                .contains(Capability.REASONING, Capability.PULL, Capability.EMBEDDINGS);
        assertThat(models.getLast().capabilities())
                .containsExactlyInAnyOrder(Capability.EMBEDDINGS, Capability.PULL);
    }

    @Test
    void aModelIsAskedForAgainOnlyWhenItHasChanged() {
        ollama.answers(200, TAGS);
        ollama.answers(200, SHOWN);
        ollama.answers(500, "{'error':'not now'}");
        ollama.answers(200, TAGS.replace("'digest':'b'", "'digest':'c'"));
        ollama.answers(200, "{'capabilities':['embedding']}");
        ollama.answers(200, TAGS.replace("'digest':'b'", "'digest':'c'"));

        assertThat(ollama.binding().availableModels().getLast().capabilities()).isEmpty();
        assertThat(ollama.binding().availableModels().getLast().capabilities()).isNotEmpty();
        assertThat(ollama.binding().availableModels().getLast().capabilities()).isNotEmpty();
        assertThat(ollama.server().getRequestCount()).isEqualTo(6);
    }

    @Test
    void anAddressWhereNoOllamaIsSaysSo() {
        ollama.answers(200, "{'object':'list'}");

        BindingException failure =
                catchThrowableOfType(BindingException.class, () -> ollama.binding().listModels());

        assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(failure).hasMessageContaining("base_url");
    }

    @Test
    void aModelIsLoadedAsRequestsWillWantItAndFreed() throws Exception {
        ollama.answers(200, "{'model':'m','response':'','done':true,'done_reason':'load'}");
        ollama.answers(200, "{'model':'m','response':'','done':true,'done_reason':'unload'}");

        ollama.binding().buildModel(null);
        ollama.binding().buildModel("m");
        ollama.binding().destroyModel("m");

        RecordedRequest load = ollama.request();
        assertThat(load.getTarget()).isEqualTo("/api/generate");
        assertThat(body(load))
                .isEqualTo("{'model':'m','options':{'num_ctx':1024},'keep_alive':'30m'}");
        assertThat(body(ollama.request())).isEqualTo("{'model':'m','keep_alive':0}");
    }

    @Test
    void aModelThatOnlyMakesVectorsIsLoadedByMakingNone() throws Exception {
        ollama.answers(400, "{'error':'m does not support generate'}");
        ollama.answers(200, "{'model':'m','embeddings':[]}");

        ollama.binding().buildModel("m");

        ollama.request();
        RecordedRequest load = ollama.request();
        assertThat(load.getTarget()).isEqualTo("/api/embed");
        assertThat(body(load)).contains("'input':[]").contains("'num_ctx':1024");
    }

    @Test
    void modelsInMemoryAreTold() {
        ollama.answers(
                200,
                "{'models':[{'name':'smollm2:latest','model':'smollm2:latest','size':143762688,'expires_at':'2026-11-23T03:13:09.549795147Z','size_vram':0,'context_length':2048},{'name':'kept:1b','size':5,'expires_at':'2318-03-05T01:14:20Z'}]}");

        List<LoadedModel> loaded = ollama.binding().loadedModels();

        assertThat(loaded.getFirst().name()).isEqualTo("smollm2");
        assertThat(loaded.getFirst().memoryBytes()).hasValue(143_762_688);
        assertThat(loaded.getFirst().contextLength()).hasValue(2048);
        assertThat(loaded.getFirst().expires())
                .contains(Instant.parse("2026-11-23T03:13:09.549795147Z"));
        assertThat(loaded.getLast().name()).isEqualTo("kept:1b");
        assertThat(loaded.getLast().expires()).isEmpty();
    }

    @Test
    void aPullTellsItsProgress() throws Exception {
        ollama.streams(
                "{'status':'pulling manifest'}",
                "{'status':'pulling abc','digest':'sha256:abc','total':100}",
                "{'status':'pulling abc','digest':'sha256:abc','total':100,'completed':40}",
                "{'status':'success'}");
        List<Progress> heard = new ArrayList<>();

        ollama.binding().pullModel("smollm2", heard::add);

        assertThat(heard)
                .containsExactly(
                        Progress.of("pulling manifest"),
                        Progress.of("pulling abc", 0, 100),
                        Progress.of("pulling abc", 40, 100),
                        Progress.of("success"));
        assertThat(body(ollama.request())).isEqualTo("{'model':'smollm2','stream':true}");
    }

    @Test
    void aPullThatFailsInMidStreamFails() {
        ollama.streams(
                "{'status':'pulling manifest'}",
                "{'error':'pull model manifest: file does not exist'}");
        ollama.streams("{'status':'pulling manifest'}");

        assertThat(pullFailure().code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(pullFailure().code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    private BindingException pullFailure() {
        return catchThrowableOfType(
                BindingException.class,
                () -> ollama.binding().pullModel("nosuch", ProgressListener.IGNORE));
    }

    @Test
    void aModelIsDeletedByItsName() throws Exception {
        ollama.server().enqueue(new MockResponse.Builder().code(200).build());
        ollama.answers(404, "{'error':'model \\u0027x\\u0027 not found'}");

        ollama.binding().deleteModel("m");

        RecordedRequest request = ollama.request();
        assertThat(request.getMethod()).isEqualTo("DELETE");
        assertThat(request.getTarget()).isEqualTo("/api/delete");
        assertThat(body(request)).isEqualTo("{'model':'m'}");
        assertThat(
                        catchThrowableOfType(
                                        BindingException.class,
                                        () -> ollama.binding().deleteModel("x"))
                                .code())
                .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    }

    @Test
    void textsBecomeVectorsInTheirOrder() throws Exception {
        ollama.answers(
                200,
                "{'model':'m','embeddings':[[0.5,-1],[0,0.25]],'total_duration':46841234,'load_duration':24848626,'prompt_eval_count':2}");
        EmbeddingRequest request =
                EmbeddingRequest.of("m", List.of("a", "b")).toBuilder()
                        .dimensions(2)
                        .truncate(false)
                        .keepAlive(Duration.ofMinutes(1))
                        .build();

        EmbeddingResult result = ollama.binding().embed(request);

        assertThat(result.vectors())
                .containsExactly(new float[] {0.5f, -1}, new float[] {0, 0.25f});
        assertThat(result.usage().orElseThrow().inputTokens()).hasValue(2);
        assertThat(body(ollama.request()))
                .contains("'keep_alive':'60000ms'")
                .contains("'input':['a','b'],'truncate':false,'dimensions':2");
    }

    @Test
    void vectorsThatAreMissingAreAnError() {
        ollama.answers(200, "{'model':'m','embeddings':[]}");
        EmbeddingRequest texts = EmbeddingRequest.of("m", List.of("a"));
        EmbeddingRequest tokens =
                EmbeddingRequest.builder("m", List.of(EmbeddingInput.ofTokens(new int[] {1})))
                        .build();

        assertThat(embedFailure(texts)).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(embedFailure(tokens)).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(ollama.binding().embed(EmbeddingRequest.of("m", List.of())).vectors()).isEmpty();
    }

    private ErrorCode embedFailure(EmbeddingRequest request) {
        return catchThrowableOfType(BindingException.class, () -> ollama.binding().embed(request))
                .code();
    }

    /** With apostrophes for quotes. */
    private static String body(RecordedRequest request) {
        String body = request.getBody().utf8();
        assertThat(Json.parse(body).isObject()).isTrue();
        assertThat(MockProvider.quoted(body)).isEqualTo(body);
        return body.replace('"', '\'');
    }
}
