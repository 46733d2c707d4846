package dev.bindery.examples.callbacks;

import dev.bindery.api.LlmBinding;
import java.util.List;

/** What the examples of callbacks share. */
abstract class EngineBinding extends LlmBinding {
    final Engine engine = new Engine();

    @Override
    public List<String> listModels() {
        return List.of("engine");
    }
}
