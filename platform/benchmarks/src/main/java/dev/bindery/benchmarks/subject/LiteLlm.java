package dev.bindery.benchmarks.subject;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * LiteLLM's proxy, a gateway between the same two APIs, with one worker and nothing switched on.
 */
public final class LiteLlm implements Subject {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Listening proxy;

    private LiteLlm(Listening proxy) {
        this.proxy = proxy;
    }

    /** Where this machine has it on the path; absent when it has none. */
    public static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "litellm"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it before that upstream, whose one model it gives that name. */
    public static LiteLlm start(
            Path program,
            InetSocketAddress upstream,
            String model,
            Path folder,
            Placement placement)
            throws IOException, InterruptedException {
        int port = Listening.freePort();
        Path file = folder.resolve("litellm.yaml");
        Files.writeString(file, configuration(upstream.getPort(), model));
        List<String> command =
                List.of(
                        program.toString(),
                        "--config",
                        file.toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--num_workers",
                        "1");
        ProcessBuilder builder = new ProcessBuilder(placement.of(command));
        builder.environment().put("LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY", "true");
        builder.environment().put("LITELLM_LOCAL_MODEL_COST_MAP", "True");
        builder.environment().put("LITELLM_LOG", "ERROR");
        return new LiteLlm(Listening.start(builder, port, folder.resolve("litellm.log"), PATIENCE));
    }

    @Override
    public String name() {
        return "litellm";
    }

    @Override
    public InetSocketAddress address() {
        return proxy.address();
    }

    @Override
    public ProcessHandle process() {
        return proxy.handle();
    }

    @Override
    public void close() {
        proxy.end();
    }

    private static String configuration(int upstreamPort, String model) {
        return """
        model_list:
          - model_name: %2$s
            litellm_params:
              model: openai/mock
              api_base: http://127.0.0.1:%1$d/v1
              api_key: none
        litellm_settings:
          telemetry: false
        """
                .formatted(upstreamPort, model);
    }
}
