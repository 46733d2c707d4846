package dev.bindery.host.protocol;

import dev.bindery.api.Tool;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolChoice;
import tools.jackson.databind.node.ObjectNode;

/** Tools, the choice among them, and calls of them as they come. */
final class ToolCodec {
    private ToolCodec() {}

    static ObjectNode encode(Tool tool) {
        return new WireObject()
                .text("name", tool.name())
                .text("description", tool.description())
                .json("parameters", tool.parameters())
                .flag("strict", tool.strict())
                .node("cacheHint", tool.cacheHint(), PartCodec::cacheHint)
                .node();
    }

    static Tool tool(WireReader wire) {
        return Tool.builder(wire.text("name"))
                .description(wire.textIf("description").orElse(null))
                .parameters(wire.jsonObject("parameters"))
                .strict(wire.flag("strict"))
                .cacheHint(PartCodec.cacheHint(wire))
                .build();
    }

    static ObjectNode encode(ToolChoice choice) {
        return new WireObject().text("mode", choice.mode()).text("tool", choice.tool()).node();
    }

    static ToolChoice choice(WireReader wire) {
        return wire.textIf("tool")
                .map(ToolChoice::tool)
                .orElseGet(() -> ToolChoice.of(wire.text("mode")));
    }

    static ObjectNode encode(ToolCallDelta delta) {
        return new WireObject()
                .whole("index", delta.index())
                .text("id", delta.id())
                .text("name", delta.name())
                .text("argumentsFragment", delta.argumentsFragment())
                .json("providerData", delta.providerData())
                .node();
    }

    static ToolCallDelta delta(WireReader wire) {
        return ToolCallDelta.of(
                        Math.toIntExact(wire.whole("index")),
                        wire.textIf("id").orElse(null),
                        wire.textIf("name").orElse(null),
                        wire.textIf("argumentsFragment").orElse(""))
                .withProviderData(wire.jsonObject("providerData"));
    }
}
