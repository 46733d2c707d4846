package dev.bindery.binding.managed;

import dev.bindery.api.BindingException;
import dev.bindery.http.Reply;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamOptions;
import dev.bindery.http.UpstreamRequest;
import dev.bindery.openai.OpenAiClient;
import dev.bindery.openai.OpenAiErrors;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the server is started, asked whether it is ready, and called: all that the settings say. */
final class Server {
    private static final Duration HEALTH_PATIENCE = Duration.ofSeconds(2);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(2);
    private static final int KEY_BYTES = 16;

    private final ManagedSettings settings;
    private final Preset preset;
    private final CommandLine command;
    private final Path directory;

    private Server(ManagedSettings settings, Preset preset, CommandLine command, Path directory) {
        this.settings = settings;
        this.preset = preset;
        this.command = command;
        this.directory = directory;
    }

    /**
     * @param own the folder that it is started in, unless the settings name another
     * @throws BindingException INVALID_REQUEST naming the setting that cannot be used
     */
    static Server of(ManagedSettings settings, Path own) {
        Preset preset = Preset.named(settings.preset()).orElse(Preset.NONE);
        CommandLine command = CommandLine.of(settings, preset);
        Path directory = settings.directory().isBlank() ? own : Path.of(settings.directory());
        Server server = new Server(settings, preset, command, directory);
        var _ = server.words(1);
        var _ = settings.variables();
        return server;
    }

    ModelName modelName() {
        return ModelName.of(settings, command);
    }

    /**
     * The port that the settings name, else one that is free now.
     *
     * @throws IOException when another program has it: that one would be taken for the server, and
     *     get its requests
     */
    int port() throws IOException {
        int wanted = settings.port();
        try (ServerSocket probe = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (BindException e) {
            throw new IOException(
                    "port %d cannot be used: %s; end the program that has it, or name another port"
                            .formatted(wanted, e.getMessage()),
                    e);
        }
    }

    /** A key for one run; empty where the server takes none. */
    String key() {
        if (!settings.apiKey().isBlank() || preset.keyVariable().isEmpty()) {
            return settings.apiKey().strip();
        }
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    /**
     * @throws IOException when the program is not there or cannot be run
     */
    ServerProcess start(int port, String key, System.Logger log) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>(settings.variables());
        if (!preset.keyVariable().isEmpty() && !key.isEmpty()) {
            variables.put(preset.keyVariable(), key);
        }
        return ServerProcess.start(words(port), directory, variables, log);
    }

    /** The command line; no secret is in it but what the operator wrote there. */
    List<String> words(int port) {
        return command.words(
                Map.of(
                        "model",
                        settings.model().strip(),
                        "name",
                        settings.servedName(),
                        "port",
                        Integer.toString(port),
                        "context",
                        settings.context() == 0 ? "" : Integer.toString(settings.context())));
    }

    /** Whether it answers as a server that is ready. */
    boolean isReady(int port, String key) {
        UpstreamOptions options =
                to(port, "", key).firstByteTimeout(HEALTH_PATIENCE).maxRetries(0).build();
        try (Upstream upstream = Upstream.of(options);
                Reply reply = upstream.send(UpstreamRequest.get(healthPath()).build())) {
            return reply.status() < 300;
        } catch (BindingException _) {
            return false;
        }
    }

    /** The way to it for calls; the caller closes its upstream. */
    OpenAiClient client(int port, String key) {
        UpstreamOptions options =
                to(port, settings.apiPath(), key)
                        .firstByteTimeout(ManagedSettings.seconds(settings.firstByteTimeout()))
                        .idleTimeout(ManagedSettings.seconds(settings.idleTimeout()))
                        .maxRetries(0)
                        .errors(OpenAiErrors.RULES)
                        .build();
        return new OpenAiClient(Upstream.of(options), settings.options());
    }

    /** The time that it may take to become ready. */
    Duration startTimeout() {
        return ManagedSettings.seconds(settings.startTimeout());
    }

    Duration maxRestartWait() {
        return ManagedSettings.seconds(settings.maxRestartWait());
    }

    private UpstreamOptions.Builder to(int port, String path, String key) {
        UpstreamOptions.Builder options =
                UpstreamOptions.builder("http://127.0.0.1:" + port + path)
                        .connectTimeout(CONNECT_PATIENCE);
        return key.isEmpty() ? options : options.header("Authorization", "Bearer " + key);
    }

    private String healthPath() {
        String path = settings.healthPath().isBlank() ? preset.health() : settings.healthPath();
        return path.strip().replaceFirst("^/+", "");
    }
}
