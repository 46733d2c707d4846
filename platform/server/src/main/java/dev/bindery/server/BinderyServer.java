package dev.bindery.server;

import dev.bindery.host.Events;
import dev.bindery.host.Finding;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.access.AccessLog;
import dev.bindery.server.account.MeasuredModels;
import dev.bindery.server.account.RequestListener;
import dev.bindery.server.account.RequestListeners;
import dev.bindery.server.admin.AdminApi;
import dev.bindery.server.admin.HostStatus;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.answer.FetchedMedia;
import dev.bindery.server.answer.PermittedModels;
import dev.bindery.server.anthropic.AnthropicApi;
import dev.bindery.server.console.ConsoleApi;
import dev.bindery.server.cost.PriceList;
import dev.bindery.server.cost.Spending;
import dev.bindery.server.diagnosis.ReachExamination;
import dev.bindery.server.fetch.MediaFetcher;
import dev.bindery.server.health.HealthApi;
import dev.bindery.server.http.Api;
import dev.bindery.server.http.Listener;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.lollms.LollmsApi;
import dev.bindery.server.metrics.MetricsApi;
import dev.bindery.server.ollama.OllamaApi;
import dev.bindery.server.openai.OpenAiApi;
import dev.bindery.server.openai.OpenAiErrors;
import dev.bindery.server.openai.responses.ResponsesApi;
import dev.bindery.server.options.ServerOptions;
import dev.bindery.server.recall.RecallingModels;
import dev.bindery.server.session.Sessions;
import dev.bindery.server.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running HTTP server in front of a host. It does not own the host: close the server first, then
 * the host. Safe for all threads.
 */
public final class BinderyServer implements AutoCloseable {
    private final Listener listener;
    private final Calls calls;
    private final AdminApi admin;
    private final MetricsApi metrics;
    private final Spending spending;
    private final ServerOptions options;
    private final ServerCertificate.Watch certificate;
    private final AtomicBoolean closed = new AtomicBoolean();

    private BinderyServer(
            Listener listener,
            Calls calls,
            AdminApi admin,
            MetricsApi metrics,
            Spending spending,
            ServerOptions options,
            ServerCertificate.Watch certificate) {
        this.listener = listener;
        this.calls = calls;
        this.admin = admin;
        this.metrics = metrics;
        this.spending = spending;
        this.options = options;
        this.certificate = certificate;
    }

    /**
     * Does in the background what takes long at a start and depends on nothing, so that {@link
     * #start} is quicker later on.
     */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("server-preparation").start(Listener::prepare);
    }

    /**
     * Says whether {@link #start} could listen, before anything else is started for it.
     *
     * @throws IOException when somebody listens there already; the message can be shown as it is
     */
    public static void check(ServerOptions options) throws IOException {
        Listener.checkFree(options);
    }

    /**
     * Starts to listen. What the host has not settled yet is named by {@code /readyz}.
     *
     * @throws IOException when the address cannot be listened on; the message says why
     */
    public static BinderyServer start(ServerOptions options, ServedHost host) throws IOException {
        Calls calls = new Calls();
        JsonBody bodies = new JsonBody(options.limits().jsonDepth());
        Spending spending = Spending.keptIn(host.home(), host.models());
        HostStatus status =
                new HostStatus(
                        host.version(),
                        host.home(),
                        host.bindings(),
                        host.instances(),
                        host.models(),
                        host.pending(),
                        host.uncollected(),
                        spending);
        Sessions sessions = new Sessions(System::nanoTime, options.limits().sessionIdle());
        AdminApi admin =
                new AdminApi(
                        status,
                        host.bindings(),
                        host.instances(),
                        host.models(),
                        host.events(),
                        host.shell(),
                        options.keys(),
                        spending,
                        sessions,
                        () -> examine(host, options, status),
                        calls,
                        bodies);
        List<Api> apis = new ArrayList<>(HealthApi.apis(OpenAiErrors.FORM, host.pending()));
        MetricsApi metrics = new MetricsApi(host.models(), host.bindings(), host.instances());
        apis.add(metrics.api(OpenAiErrors.FORM));
        RequestListener listeners =
                new RequestListeners(List.of(metrics, new AccessLog(), spending));
        ModelRouter measured =
                new MeasuredModels(host.models(), PriceList.of(host.home()), listeners);
        ModelRouter recalling = new RecallingModels(measured, options.limits().recall());
        ModelRouter models = new PermittedModels(withMedia(recalling, options, host));
        apis.add(new OpenAiApi(models, calls, bodies).api());
        apis.add(new ResponsesApi(models, calls, bodies).api());
        apis.addAll(new AnthropicApi(models, calls, bodies).apis());
        apis.add(new OllamaApi(models, calls, bodies).api());
        apis.addAll(new LollmsApi(models, host.bindings(), host.instances(), calls, bodies).apis());
        apis.add(admin.api());
        apis.add(new ConsoleApi(sessions).api(OpenAiErrors.FORM));
        Listener listener = Listener.start(options, apis, listeners, sessions);
        status.listensOn(listener.address());
        return new BinderyServer(
                listener, calls, admin, metrics, spending, options, watch(options, host.events()));
    }

    private static ServerCertificate.Watch watch(ServerOptions options, Events events) {
        return options.certificate()
                .map(certificate -> certificate.watch(new CertificateEvents(events, certificate)))
                .orElse(() -> {});
    }

    private static List<Finding> examine(
            ServedHost host, ServerOptions options, HostStatus status) {
        List<Finding> findings = new ArrayList<>(host.examination().get());
        findings.addAll(ReachExamination.of(options, scheme(options) + "://" + status.address()));
        PriceList.examine(host.home()).ifPresent(findings::add);
        return findings;
    }

    private static ModelRouter withMedia(
            ModelRouter models, ServerOptions options, ServedHost host) {
        Path folder = host.home().resolve("cache").resolve("fetched");
        return new FetchedMedia(models, new MediaFetcher(options.fetch(), folder));
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** Where it listens, as clients write it: {@code http://127.0.0.1:9600}. */
    public String url() {
        InetSocketAddress address = address();
        String host = address.getAddress().getHostAddress();
        return "%s://%s:%d"
                .formatted(
                        scheme(), host.contains(":") ? "[" + host + "]" : host, address.getPort());
    }

    /** {@code https} where it shows a certificate, else {@code http}. */
    public String scheme() {
        return scheme(options);
    }

    private static String scheme(ServerOptions options) {
        return options.certificate().isPresent() ? "https" : "http";
    }

    /**
     * Stops: accepts nothing more, lets running answers go on for the grace, then cancels them.
     * Returns when all have ended.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            certificate.close();
            admin.close();
            Thread reaper = Thread.ofVirtual().name("server-grace").start(this::endCallsAfterGrace);
            listener.close();
            reaper.interrupt();
            metrics.close();
            spending.close();
        }
    }

    private void endCallsAfterGrace() {
        try {
            Thread.sleep(options.grace());
            calls.endAll();
        } catch (InterruptedException _) {
            // all calls have ended by themselves
        }
    }
}
