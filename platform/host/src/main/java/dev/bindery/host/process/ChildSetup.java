package dev.bindery.host.process;

import dev.bindery.api.BindingContext;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.protocol.CardCodec;
import dev.bindery.host.protocol.ConfigCodec;
import dev.bindery.host.protocol.WireObject;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The arguments of {@code start}, {@code install} and {@code uninstall}. */
final class ChildSetup {
    private ChildSetup() {}

    static ObjectNode of(BindingContext context, TypedConfig config, StagedCode code) {
        return new WireObject()
                .text("instance", context.instance())
                .node("card", CardCodec.encode(context.card()))
                .node("config", ConfigCodec.encode(config))
                .text("installOption", context.installOption().name())
                .text("dataDirectory", absolute(context.dataDirectory()))
                .text("modelsDirectory", absolute(context.modelsDirectory()))
                .text("logLevel", level(context.logger()).getName())
                .node("code", code(code))
                .node();
    }

    private static ObjectNode code(StagedCode code) {
        List<String> libraries = code.libraries().stream().map(ChildSetup::absolute).toList();
        return new WireObject()
                .text("jar", absolute(code.jar()))
                .texts("libraries", libraries)
                .texts("packages", code.packages().stream().sorted().toList())
                .node();
    }

    private static Logger.Level level(Logger logger) {
        return Stream.of(Logger.Level.TRACE, Logger.Level.DEBUG, Logger.Level.INFO)
                .filter(logger::isLoggable)
                .findFirst()
                .orElse(Logger.Level.WARNING);
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().toString();
    }
}
