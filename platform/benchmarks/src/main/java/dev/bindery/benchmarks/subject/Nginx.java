package dev.bindery.benchmarks.subject;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An nginx that passes everything on, with one worker, its files in a folder of ours. */
public final class Nginx implements Subject {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Listening worker;

    private Nginx(Listening worker) {
        this.worker = worker;
    }

    /** Where this machine has it; absent when it has none. */
    public static Optional<Path> program() {
        return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it before that upstream. */
    public static Nginx start(
            Path program, InetSocketAddress upstream, Path folder, Placement placement)
            throws IOException, InterruptedException {
        int port = Listening.freePort();
        Path file = folder.resolve("nginx.conf");
        Files.writeString(file, configuration(folder, upstream.getPort(), port));
        List<String> command =
                List.of(program.toString(), "-p", folder.toString(), "-c", file.toString());
        return new Nginx(
                Listening.start(
                        new ProcessBuilder(placement.of(command)),
                        port,
                        folder.resolve("nginx.log"),
                        PATIENCE));
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public InetSocketAddress address() {
        return worker.address();
    }

    @Override
    public ProcessHandle process() {
        return worker.handle();
    }

    @Override
    public void close() {
        worker.end();
    }

    private static String configuration(Path folder, int upstreamPort, int port) {
        return """
        daemon off;
        worker_processes 1;
        pid %1$s/nginx.pid;
        error_log stderr warn;
        events { worker_connections 256; }
        http {
            access_log off;
            client_body_temp_path %1$s/body;
            proxy_temp_path %1$s/proxy;
            fastcgi_temp_path %1$s/fastcgi;
            uwsgi_temp_path %1$s/uwsgi;
            scgi_temp_path %1$s/scgi;
            keepalive_requests 1000000000;
            upstream mock {
                server 127.0.0.1:%2$d;
                keepalive 64;
                keepalive_requests 1000000000;
            }
            server {
                listen 127.0.0.1:%3$d;
                location / {
                    proxy_pass http://mock;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_buffering off;
                }
            }
        }
        """
                .formatted(folder, upstreamPort, port);
    }
}
