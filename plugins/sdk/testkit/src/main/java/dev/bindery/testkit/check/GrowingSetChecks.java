package dev.bindery.testkit.check;

import dev.bindery.api.Capability;
import dev.bindery.api.EmbeddingPurpose;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Message;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolChoice;
import dev.bindery.testkit.bench.Heard;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Unit;
import dev.bindery.testkit.bench.Violation;
import dev.bindery.testkit.upstream.Script;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values of a later version of the contract: they are answered or refused, never stumbled over. */
final class GrowingSetChecks {
    static final Area AREA =
            Area.of(
                    "growing sets",
                    new Check(
                            "a capability of a later version harms nobody",
                            LifeChecks::cardOfALaterVersion),
                    new Check("a role of a later version harms nobody", GrowingSetChecks::role),
                    new Check("a part of an unknown kind harms nobody", GrowingSetChecks::part),
                    new Check(
                            "data of another provider harm nobody", GrowingSetChecks::providerData),
                    new Check(
                            "a response format of a later version harms nobody",
                            GrowingSetChecks::format),
                    new Check(
                            "a tool choice of a later version harms nobody",
                            GrowingSetChecks::toolChoice),
                    new Check(
                            "an effort of a later version harms nobody", GrowingSetChecks::effort),
                    new Check(
                            "a purpose of a later version harms nobody", GrowingSetChecks::purpose),
                    new Check(
                            "parameters of an unknown dialect harm nobody",
                            GrowingSetChecks::parameters),
                    new Check(
                            "a finish reason of a later version is passed on",
                            GrowingSetChecks::finishReason));

    private static final Set<ErrorCode> REFUSALS =
            Set.of(ErrorCode.INVALID_REQUEST, ErrorCode.UNSUPPORTED);

    private GrowingSetChecks() {}

    private static void answeredOrRefused(
            Trial trial, String what, GenerationRequest.Builder request) throws Exception {
        trial.play(Trial.USUAL);
        Heard heard = trial.questions().hear(request);
        heard.failure()
                .ifPresent(e ->
                        Violation.unless(
                                REFUSALS.contains(e.code()),
                                "%s failed with %s; sets like that grow: leave out what you do not know, or refuse it with INVALID_REQUEST or UNSUPPORTED",
                                what,
                                Said.of(e)));
    }

    private static GenerationRequest.Builder chat(Trial trial, List<Message> messages)
            throws Exception {
        Questions questions = trial.questions();
        return questions.chat(questions.model(Capability.CHAT), messages);
    }

    private static void role(Trial trial) throws Exception {
        List<Message> messages =
                List.of(
                        Message.of(new Role("narrator"), "Once upon a time."),
                        Message.user(trial.subject().prompt()));
        answeredOrRefused(trial, "a message of the role `narrator`", chat(trial, messages));
    }

    private static void part(Trial trial) throws Exception {
        Part unknown = OpaquePart.of("dialect-of-2030", "hologram", JsonObject.of("depth", 3));
        Message message =
                Message.of(Role.USER, List.of(unknown, TextPart.of(trial.subject().prompt())));
        answeredOrRefused(
                trial, "an opaque part of an unknown kind", chat(trial, List.of(message)));
    }

    private static void providerData(Trial trial) throws Exception {
        Part marked =
                TextPart.of("Hello.")
                        .withProviderData(JsonObject.of("someone-else", Map.of("id", "x")));
        List<Message> messages =
                List.of(
                        Message.user("Hi"),
                        Message.of(Role.ASSISTANT, List.of(marked)),
                        Message.user(trial.subject().prompt()));
        answeredOrRefused(trial, "a part with another provider's data", chat(trial, messages));
    }

    private static void format(Trial trial) throws Exception {
        ResponseFormat format = ResponseFormat.builder("sonnet").build();
        answeredOrRefused(
                trial,
                "the response format `sonnet`",
                trial.questions().usual().responseFormat(format));
    }

    private static void toolChoice(Trial trial) throws Exception {
        Questions questions = trial.questions();
        answeredOrRefused(
                trial,
                "the tool choice `maybe`",
                questions
                        .chat(questions.model(Capability.TOOLS), trial.subject().prompt())
                        .tools(List.of(CapabilityChecks.TOOL))
                        .toolChoice(ToolChoice.of("maybe")));
    }

    private static void effort(Trial trial) throws Exception {
        ReasoningOptions options =
                ReasoningOptions.builder().effort(new ReasoningEffort("heroic")).build();
        answeredOrRefused(
                trial,
                "the reasoning effort `heroic`",
                trial.questions().usual().reasoning(options));
    }

    private static void purpose(Trial trial) throws Exception {
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        Unit unit = questions.unit();
        EmbeddingRequest request =
                EmbeddingRequest.of(questions.model(Capability.EMBEDDINGS), List.of("text"))
                        .toBuilder()
                        .purpose(new EmbeddingPurpose("dreaming"))
                        .build();
        unit.answeredOrRefused(
                "the embedding purpose `dreaming`", REFUSALS, () -> unit.binding().embed(request));
    }

    private static void parameters(Trial trial) throws Exception {
        JsonObject unknown =
                JsonObject.of(
                        "dialect-of-2030",
                        Map.of("shimmer", 0.5, "nested", Map.of("list", List.of(1, 2))));
        trial.play(Trial.USUAL);
        GenerationRequest.Builder request = trial.questions().usual().parameters(unknown);
        trial.questions().answer("a request with parameters of an unknown dialect", request);
    }

    private static void finishReason(Trial trial) throws Exception {
        trial.mustPlay(Script.says("It", " ends.").ends(new FinishReason("sparkled")));
        Questions questions = trial.questions();
        for (boolean streaming : List.of(true, false)) {
            Heard heard =
                    questions.answer(
                            "an answer that ends for a reason of a later version",
                            questions.usual().streaming(streaming));
            Violation.unless(
                    heard.orFail("generate").text().equals("It ends."),
                    "the answer that ends for a reason of a later version is %s, the upstream said %s",
                    Said.quoted(heard.orFail("generate").text()),
                    Said.quoted("It ends."));
        }
    }
}
