package dev.bindery.testkit.check;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ProgressListener;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Unit;
import dev.bindery.testkit.bench.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What a card does not declare is refused, and said so. */
final class UndeclaredChecks {
    static final Area AREA =
            Area.of(
                    "undeclared",
                    new Check(
                            "methods of undeclared capabilities are unsupported",
                            UndeclaredChecks::methods),
                    new Check("an undeclared command is unsupported", UndeclaredChecks::command));

    private UndeclaredChecks() {}

    private static void methods(Trial trial) throws Exception {
        Unit unit = trial.bench().unit();
        LlmBinding binding = unit.binding();
        Map<String, Callable<?>> calls = new LinkedHashMap<>();
        if (!trial.card().can(Capability.EMBEDDINGS)) {
            calls.put("embed", () -> binding.embed(EmbeddingRequest.of("m", List.of("text"))));
        }
        if (!trial.card().can(Capability.TOKENIZE)) {
            calls.put("tokenize", () -> binding.tokenize("m", "text"));
            calls.put("detokenize", () -> binding.detokenize("m", new int[] {1}));
        }
        if (!trial.card().can(Capability.PULL)) {
            calls.put("pullModel", () -> pulled(binding));
        }
        for (Map.Entry<String, Callable<?>> call : calls.entrySet()) {
            BindingException e = unit.failure(call.getKey(), "UNSUPPORTED", call.getValue());
            isUnsupported(call.getKey() + ", which config.yaml does not declare,", e);
        }
    }

    private static boolean pulled(LlmBinding binding) throws Exception {
        binding.pullModel("m", ProgressListener.IGNORE);
        return true;
    }

    private static void isUnsupported(String what, BindingException e) {
        Violation.unless(
                e.code().equals(ErrorCode.UNSUPPORTED),
                "%s failed with %s; expected UNSUPPORTED. Leave the method as it is, or declare the capability",
                what,
                Said.of(e));
    }

    private static void command(Trial trial) throws Exception {
        Unit unit = trial.bench().unit();
        BindingException e =
                unit.failure(
                        "a command that config.yaml does not declare",
                        "UNSUPPORTED",
                        () ->
                                unit.binding()
                                        .execute(
                                                "no-such-command",
                                                Map.of(),
                                                ProgressListener.IGNORE));
        boolean refused =
                e.code().equals(ErrorCode.UNSUPPORTED)
                        || e.code().equals(ErrorCode.INVALID_REQUEST);
        Violation.unless(
                refused,
                "a command that config.yaml does not declare failed with %s; expected UNSUPPORTED",
                Said.of(e));
    }
}
