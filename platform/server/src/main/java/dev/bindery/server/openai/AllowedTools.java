package dev.bindery.server.openai;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolChoice;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A choice among some of the tools. The contract has no word for it and needs none: to a model it
 * is the same as being told of these tools alone.
 */
public final class AllowedTools {
    /** The type of such a choice. */
    public static final String TYPE = "allowed_tools";

    private AllowedTools() {}

    /**
     * Leaves the request the tools that are allowed.
     *
     * @param choice has the mode and the tools
     * @param nested the field of a tool that holds its name, where that is not the tool itself
     */
    public static void read(
            Fields choice, String nested, List<Tool> tools, GenerationRequest.Builder request) {
        Element mode = choice.required("mode");
        ToolChoice must =
                switch (mode.text()) {
                    case "auto" -> ToolChoice.AUTO;
                    case "required" -> ToolChoice.REQUIRED;
                    default -> throw mode.wrong("auto or required");
                };
        Set<String> names = new LinkedHashSet<>();
        for (Element tool : choice.required("tools").list()) {
            names.add(name(tool.object(), nested, tools));
        }
        request.tools(tools.stream().filter(tool -> names.contains(tool.name())).toList());
        request.toolChoice(names.isEmpty() ? ToolChoice.NONE : must);
    }

    private static String name(Fields allowed, String nested, List<Tool> tools) {
        Element type = allowed.required("type");
        if (!type.text().equals("function")) {
            throw type.wrong("function");
        }
        Fields holder = nested.isEmpty() ? allowed : allowed.required(nested).object();
        Element name = holder.required("name");
        if (tools.stream().noneMatch(tool -> tool.name().equals(name.text()))) {
            throw name.wrong("the name of one of the tools");
        }
        return name.text();
    }
}
