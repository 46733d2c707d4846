package dev.bindery.testkit.check;

import dev.bindery.api.Blob;
import dev.bindery.api.Capability;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Part;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.testkit.bench.Heard;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Violation;
import dev.bindery.testkit.upstream.Script;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What a card declares has to work, on every model that claims it. */
final class CapabilityChecks {
    static final Area AREA =
            Area.of(
                    "capabilities",
                    new Check("images can be sent", CapabilityChecks::images),
                    new Check("documents can be sent", CapabilityChecks::documents),
                    new Check("audio can be sent", CapabilityChecks::audio),
                    new Check("tools can be offered", CapabilityChecks::tools),
                    new Check("a tool's call arrives whole", CapabilityChecks::toolCall),
                    new Check("JSON can be asked for", CapabilityChecks::json),
                    new Check("a JSON schema can be asked for", CapabilityChecks::schema),
                    new Check("thoughts are kept apart from the text", CapabilityChecks::reasoning),
                    new Check("several candidates can be asked for", CapabilityChecks::candidates),
                    new Check("log probabilities can be asked for", CapabilityChecks::logprobs));

    private static final byte[] PNG =
            Base64.getDecoder()
                    .decode(
                            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    private static final JsonObject SCHEMA =
            JsonObject.ofMap(
                    Map.of(
                            "type",
                            "object",
                            "properties",
                            Map.of("place", Map.of("type", "string")),
                            "required",
                            List.of("place"),
                            "additionalProperties",
                            false));
    static final Tool TOOL =
            Tool.builder("look_up").description("Looks a place up.").parameters(SCHEMA).build();

    private CapabilityChecks() {}

    private static void each(
            Trial trial,
            Capability capability,
            BiFunction<Questions, String, GenerationRequest.Builder> request)
            throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        questions.model(capability);
        for (ModelInfo model : questions.models(capability)) {
            questions.answer(
                    "%s, which claims %s,".formatted(model.name(), capability),
                    request.apply(questions, model.name()));
        }
    }

    private static void media(Trial trial, Capability capability, Blob blob) throws Exception {
        List<Part> parts = List.of(TextPart.of("What is this?"), MediaPart.of(blob));
        each(
                trial,
                capability,
                (questions, model) -> questions.chat(model, List.of(Message.of(Role.USER, parts))));
    }

    private static void images(Trial trial) throws Exception {
        media(trial, Capability.IMAGES, Blob.of("image/png", PNG));
    }

    private static void documents(Trial trial) throws Exception {
        media(
                trial,
                Capability.DOCUMENTS,
                Blob.of(
                        "application/pdf",
                        "%PDF-1.4\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    private static void audio(Trial trial) throws Exception {
        media(trial, Capability.AUDIO, Blob.of("audio/wav", silence()));
    }

    /** A WAV file of no sound at all. */
    private static byte[] silence() {
        java.nio.ByteBuffer wav =
                java.nio.ByteBuffer.allocate(44).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(36);
        wav.put("WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(0);
        return wav.array();
    }

    private static void tools(Trial trial) throws Exception {
        each(
                trial,
                Capability.TOOLS,
                (questions, model) ->
                        questions.chat(model, trial.subject().prompt()).tools(List.of(TOOL)));
    }

    private static void toolCall(Trial trial) throws Exception {
        trial.upstream();
        Questions questions = trial.questions();
        String model = questions.model(Capability.TOOLS);
        ToolCallPart call = ToolCallPart.of("call_1", "look_up", "{\"place\":\"Köln 漢\"}");
        trial.mustPlay(Script.says("I look.").calls(call));
        for (boolean streaming : List.of(true, false)) {
            Heard heard =
                    questions.answer(
                            "an answer with a tool call",
                            questions
                                    .chat(model, trial.subject().prompt())
                                    .tools(List.of(TOOL))
                                    .streaming(streaming));
            isCalled(heard, call, streaming ? "streamed" : "not streamed");
        }
        trial.play(Trial.USUAL);
        questions.answer(
                "the answer to a tool's result",
                questions.chat(model, turnWithTool(call)).tools(List.of(TOOL)));
    }

    private static List<Message> turnWithTool(ToolCallPart call) {
        return List.of(
                Message.user("Where is it?"),
                Message.of(Role.ASSISTANT, List.of(call)),
                Message.of(Role.TOOL, List.of(ToolResultPart.of(call.id(), "On the Rhine."))));
    }

    private static void isCalled(Heard heard, ToolCallPart expected, String how) {
        GenerationResult result = heard.orFail("generate");
        for (List<ToolCallPart> calls :
                List.of(result.first().toolCalls(), heard.sum().first().toolCalls())) {
            boolean silent = heard.operations().isEmpty();
            Violation.unless(
                    silent || (calls.size() == 1 && same(calls.getFirst(), expected)),
                    "%s, the upstream called %s(%s); the result and its operations have %s",
                    how,
                    expected.name(),
                    expected.arguments(),
                    calls.stream()
                            .map(call -> call.name() + "(" + call.arguments() + ")")
                            .toList());
        }
        Violation.unless(
                result.first().finishReason().equals(FinishReason.TOOL_CALLS),
                "%s, an answer that ends with a tool call has the finish reason %s, expected tool_calls",
                how,
                result.first().finishReason());
    }

    private static boolean same(ToolCallPart found, ToolCallPart expected) {
        return found.name().equals(expected.name())
                && JsonText.same(found.arguments(), expected.arguments());
    }

    private static void json(Trial trial) throws Exception {
        formatted(trial, Capability.JSON, ResponseFormat.JSON);
    }

    private static void schema(Trial trial) throws Exception {
        formatted(trial, Capability.JSON_SCHEMA, ResponseFormat.jsonSchema("place", SCHEMA));
    }

    private static void formatted(Trial trial, Capability capability, ResponseFormat format)
            throws Exception {
        String said = "{\"place\": \"Köln\"}";
        trial.play(Script.says("{\"place\"", ": \"Köln\"}"));
        Questions questions = trial.questions();
        questions.model(capability);
        for (ModelInfo model : questions.models(capability)) {
            Heard heard =
                    questions.answer(
                            "%s, which claims %s,".formatted(model.name(), capability),
                            questions
                                    .chat(model.name(), "A place as JSON, such as " + said)
                                    .responseFormat(format)
                                    .maxTokens(Math.max(64, trial.subject().maxTokens())));
            isJson(heard, model.name());
        }
    }

    private static void isJson(Heard heard, String model) {
        GenerationResult result = heard.orFail("generate");
        Violation.unless(
                !result.first().finishReason().equals(FinishReason.STOP)
                        || JsonText.isJson(result.text()),
                "%s was asked for JSON and answered %s",
                model,
                Said.quoted(result.text()));
    }

    private static void reasoning(Trial trial) throws Exception {
        trial.upstream();
        Questions questions = trial.questions();
        String model = questions.model(Capability.REASONING);
        trial.mustPlay(Script.says("So", " it", " is").thinks("let me think"));
        for (boolean streaming : List.of(true, false)) {
            Heard heard =
                    questions.answer(
                            "an answer with thoughts",
                            questions.chat(model, trial.subject().prompt()).streaming(streaming));
            GenerationResult result = heard.orFail("generate");
            Violation.unless(
                    result.text().equals("So it is")
                            && result.first().reasoning().equals("let me think"),
                    "the upstream thought \"let me think\" and said \"So it is\"; the result has the thoughts %s and the text %s",
                    Said.quoted(result.first().reasoning()),
                    Said.quoted(result.text()));
        }
    }

    private static void candidates(Trial trial) throws Exception {
        trial.play(Trial.USUAL.candidates(2));
        Questions questions = trial.questions();
        String model = questions.model(Capability.CANDIDATES);
        GenerationResult result =
                questions
                        .answer(
                                "an answer of two candidates",
                                questions.chat(model, trial.subject().prompt()).candidates(2))
                        .orFail("generate");
        Violation.unless(
                result.candidates().size() == 2,
                "asked for two candidates, the result has %d",
                result.candidates().size());
    }

    private static void logprobs(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        String model = questions.model(Capability.LOGPROBS);
        GenerationResult result =
                questions
                        .answer(
                                "an answer with log probabilities",
                                questions.chat(model, trial.subject().prompt()).logprobs(1))
                        .orFail("generate");
        Violation.unless(
                trial.subject().upstream().isPresent() || !result.first().logprobs().isEmpty(),
                "asked for log probabilities, the result has none");
    }
}
