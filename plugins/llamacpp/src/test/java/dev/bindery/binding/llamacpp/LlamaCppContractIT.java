package dev.bindery.binding.llamacpp;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import java.time.Duration;
import java.util.List;

/** With a real model, so answers are short, and calls beside others may change them a little. */
class LlamaCppContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        return BindingUnderTest.ofPackedJar()
                .settings("model_paths", List.of(TestModel.file().toString()))
                .settings("context_length", 512)
                .prompt("Count from one to five.")
                .maxTokens(8)
                .patience(Duration.ofSeconds(60))
                .starts(2)
                .answersVary();
    }
}
