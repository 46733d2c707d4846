package dev.bindery.host.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingException;
import dev.bindery.api.BindingType;
import dev.bindery.api.Cancellation;
import dev.bindery.api.Capability;
import dev.bindery.api.CommandInfo;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingPurpose;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Isolation;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ModelPolicy;
import dev.bindery.api.Price;
import dev.bindery.api.Progress;
import dev.bindery.api.RequiredPackage;
import dev.bindery.api.SettingType;
import dev.bindery.api.Swap;
import dev.bindery.api.Threads;
import dev.bindery.api.TypedConfig;
import dev.bindery.api.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class RoundTripTest {
    @Test
    void anEmbeddingRequestComesBackTheSame() {
        EmbeddingRequest sent =
                EmbeddingRequest.builder(
                                "m",
                                List.of(
                                        EmbeddingInput.of("a"),
                                        EmbeddingInput.ofTokens(new int[] {1, 2})))
                        .purpose(new EmbeddingPurpose("haiku"))
                        .dimensions(256)
                        .truncate(false)
                        .keepAlive(Duration.ofMinutes(-1))
                        .parameters(JsonObject.of("user", "u"))
                        .build();

        assertThat(
                        EmbeddingCodec.request(
                                overTheWire(EmbeddingCodec.encode(sent)), Cancellation.NONE))
                .usingRecursiveComparison()
                .isEqualTo(sent);
    }

    @Test
    void vectorsComeBackToTheBit() {
        float[] vector = {0.1f, -0.0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 1e30f};
        EmbeddingResult sent =
                EmbeddingResult.builder(List.of(vector, new float[0]))
                        .usage(Usage.of(2, 0))
                        .build();

        EmbeddingResult received = EmbeddingCodec.result(overTheWire(EmbeddingCodec.encode(sent)));

        assertThat(received.vectors()).containsExactlyElementsOf(sent.vectors());
        assertThat(received.usage().orElseThrow().inputTokens()).hasValue(2);
    }

    @Test
    void aModelComesBackTheSame() {
        ModelInfo sent =
                ModelInfo.builder("m")
                        .displayName("M")
                        .description("d")
                        .installed(false)
                        .capabilities(List.of(Capability.CHAT, new Capability("telepathy")))
                        .contextLength(8192)
                        .maxOutputTokens(100)
                        .embeddingDimensions(384)
                        .sizeBytes(98_362_432_000L)
                        .digest("sha256:1")
                        .license("MIT")
                        .family("f")
                        .parameterSize("135M")
                        .quantization("Q4_1")
                        .format("gguf")
                        .template("{{ x }}")
                        .owner("o")
                        .modified(Instant.parse("2026-01-31T12:00:00.123456789Z"))
                        .price(
                                Price.builder("EUR")
                                        .input(2.5)
                                        .cachedInput(0.5)
                                        .output(10.0)
                                        .build())
                        .metadata(JsonObject.of("a", 1))
                        .build();

        assertThat(ModelCodec.info(overTheWire(ModelCodec.encode(sent))))
                .usingRecursiveComparison()
                .isEqualTo(sent);
    }

    @Test
    void aLoadedModelComesBackTheSame() {
        LoadedModel sent =
                LoadedModel.builder("m")
                        .memoryBytes(1L << 40)
                        .contextLength(2048)
                        .expires(Instant.EPOCH)
                        .build();

        assertThat(ModelCodec.loaded(overTheWire(ModelCodec.encode(sent))))
                .usingRecursiveComparison()
                .isEqualTo(sent);
    }

    @ParameterizedTest
    @MethodSource("codes")
    void aFailureComesBackTheSame(ErrorCode code) {
        BindingException sent =
                BindingException.builder(code, "no \u0000 way")
                        .retryAfter(Duration.ofMillis(1500))
                        .upstreamStatus(529)
                        .usage(Usage.of(1, 0))
                        .build();

        BindingException received = FailureCodec.decode(overTheWire(FailureCodec.encode(sent)));

        assertThat(received.code()).isEqualTo(code);
        assertThat(received).hasMessage("no \u0000 way");
        assertThat(received.retryAfter()).contains(Duration.ofMillis(1500));
        assertThat(received.upstreamStatus()).hasValue(529);
        assertThat(received.usage().orElseThrow().inputTokens()).hasValue(1);
    }

    static Stream<ErrorCode> codes() {
        return Stream.concat(
                ErrorCode.known().stream(),
                Stream.of(new ErrorCode("TIRED", 599, true), new ErrorCode("INTERNAL", 507, true)));
    }

    @Test
    void progressComesBackTheSame() {
        List.of(Progress.of("waiting"), new Progress("s", 5, OptionalLong.of(0)))
                .forEach(sent ->
                        assertThat(ProgressCodec.decode(overTheWire(ProgressCodec.encode(sent))))
                                .isEqualTo(sent));
    }

    @Test
    void settingsComeBackTheSame() {
        TypedConfig sent = new TypedConfig(template(), BaseConfig.of(Map.of("list", List.of("b"))));

        assertThat(ConfigCodec.decode(overTheWire(ConfigCodec.encode(sent))))
                .usingRecursiveComparison()
                .isEqualTo(sent);
    }

    @Test
    void aCardComesBackTheSame() {
        BindingCard sent =
                BindingCard.builder("an-id", "n", "a", "1.0.0", "d", "https://e.org", "MIT")
                        .type(BindingType.MULTIMODAL)
                        .api(">=0.1 <2")
                        .uses(Map.of("http", ">=0.1"))
                        .capabilities(List.of(Capability.CHAT, new Capability("new")))
                        .models(ModelPolicy.CLOSED)
                        .isolation(Isolation.PROCESS)
                        .command(List.of("python3", "program/a.py"))
                        .threads(Threads.VIRTUAL)
                        .swap(Swap.EXCLUSIVE)
                        .concurrency(3)
                        .packages(
                                List.of(
                                        new RequiredPackage("a:b:1", Optional.of("0")),
                                        new RequiredPackage("a:c:1", Optional.empty())))
                        .settings(template())
                        .commands(
                                List.of(
                                        CommandInfo.builder("go")
                                                .help("h")
                                                .parameters(template())
                                                .build()))
                        .build();

        assertThat(CardCodec.decode(overTheWire(CardCodec.encode(sent))))
                .usingRecursiveComparison()
                .isEqualTo(sent);
    }

    @Test
    void jsonValuesComeBackTheSame() {
        JsonValue sent =
                JsonValue.of(
                        Arrays.asList(
                                null,
                                true,
                                0L,
                                0.0,
                                -0.0,
                                Long.MIN_VALUE,
                                1e300,
                                4.9e-324,
                                0.1,
                                1e16,
                                "",
                                Map.of("", List.of()),
                                Map.of()));

        WireReader received = overTheWire(new WireObject().json("v", sent).node());

        assertThat(received.json("v")).isEqualTo(sent);
    }

    private static ConfigTemplate template() {
        return ConfigTemplate.of(
                ConfigEntry.builder("key", SettingType.STR).secret(true).required(true).build(),
                ConfigEntry.builder("heat", SettingType.FLOAT)
                        .value(0.7)
                        .help("h")
                        .min(0.0)
                        .max(1.0)
                        .step(0.1)
                        .build(),
                ConfigEntry.builder("list", SettingType.LIST)
                        .value(List.of("a"))
                        .options(List.of("a", "b"))
                        .placeholder("p")
                        .build(),
                ConfigEntry.builder("push", SettingType.BTN).build());
    }

    private static WireReader overTheWire(JsonNode node) {
        return Wire.read(Wire.line(node));
    }
}
