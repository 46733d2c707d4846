package dev.bindery.server.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.server.account.CallAccount;
import dev.bindery.server.account.RequestAccount;
import dev.bindery.server.account.RequestListener;
import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.options.ServerLimits;
import dev.bindery.server.options.ServerOptions;
import dev.bindery.server.session.Sessions;
import io.helidon.http.BadRequestException;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every request's way in: which API, who may come, which handler, and how a failure is told. */
final class Door implements io.helidon.webserver.http.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final List<Api> apis;
    private final NearPath nearPath;
    private final RequestListener listener;
    private final ServerLimits limits;
    private final Hosts hosts;
    private final Origins origins;
    private final Credentials credentials;

    /**
     * @param apis one of them has the prefix {@code /}
     * @param listener hears of every request when it has ended
     */
    Door(List<Api> apis, RequestListener listener, ServerOptions options, Sessions sessions) {
        this.listener = listener;
        this.apis =
                apis.stream()
                        .sorted(Comparator.comparingInt((Api api) -> -api.prefix().length()))
                        .toList();
        this.nearPath = new NearPath(apis);
        this.limits = options.limits();
        this.hosts = new Hosts(options.allowedHosts());
        this.origins = new Origins(options.allowedOrigins());
        this.credentials =
                new Credentials(
                        options.keys(),
                        !options.address().isLoopbackAddress(),
                        options.adminToken(),
                        sessions);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Exchange exchange = new Exchange(request, response, limits);
        RequestAccount account = exchange.account();
        try {
            ScopedValue.where(RequestAccount.CURRENT, account).run(() -> handle(exchange));
        } catch (CloseConnectionException e) {
            account.clientGone();
            throw e;
        } catch (RequestException | BadRequestException e) {
            account.failed(ProtocolErrors.CODE);
            throw e;
        } finally {
            end(account);
        }
        if (exchange.closing()) {
            throw new CloseConnectionException("the connection ends with this answer");
        }
    }

    /** Tells whoever listens that a request has ended. */
    void end(RequestAccount account) {
        account.ended();
        listener.ended(account);
    }

    private void handle(Exchange exchange) {
        exchange.set("x-request-id", exchange.id());
        exchange.set("request-id", exchange.id());
        exchange.set("Cache-Control", "no-cache");
        Api api = apiOf(exchange.rawPath(), name -> exchange.header(name).isPresent());
        exchange.account().api(api.name());
        try {
            serve(api, exchange);
        } catch (CloseConnectionException | RequestException | BadRequestException e) {
            throw e;
        } catch (Refusal e) {
            exchange.account().failed(e.code());
            refuse(api, exchange, e);
        } catch (BindingException e) {
            exchange.account().failed(e);
            refuse(api, exchange, Refusal.of(e));
        } catch (Exception | Error e) {
            LOG.error(
                    "Request {} failed: {} {}", exchange.id(), exchange.method(), api.prefix(), e);
            exchange.account().failed(ErrorCode.INTERNAL.name());
            refuse(api, exchange, Refusal.internal());
        }
        if (exchange.closing()) {
            exchange.complete();
        }
    }

    /**
     * @param carried whether the request carries the header of that name
     */
    Api apiOf(String path, Predicate<String> carried) {
        return apis.stream()
                .filter(api -> path.startsWith(api.prefix()))
                .filter(api -> api.header().filter(carried.negate()).isEmpty())
                .findFirst()
                .orElseGet(apis::getLast);
    }

    private void serve(Api api, Exchange exchange) throws Exception {
        if (api.access() != Access.OPEN
                && (api.access() != Access.METRICS || !credentials.mayWatch(exchange))) {
            hosts.check(exchange.authority());
            origins.check(exchange);
        }
        Routes.Match match = api.routes().find(exchange.rawPath()).orElse(null);
        if (exchange.method().equals("OPTIONS") && match != null) {
            options(exchange, match);
            return;
        }
        Optional<ApiKey> key = admit(api, exchange);
        if (match == null) {
            String method = exchange.method();
            String path = exchange.rawPath();
            throw Refusal.notFound(method, path, nearPath.to(method, path));
        }
        exchange.values(match.values());
        Handler handler = handlerOf(match, exchange);
        if (key.isEmpty()) {
            handler.handle(exchange);
        } else {
            exchange.account().keyName(key.get().name());
            ScopedValue.where(Asker.KEY, key.get()).call(() -> answered(handler, exchange));
        }
    }

    private static boolean answered(Handler handler, Exchange exchange) throws Exception {
        handler.handle(exchange);
        return true;
    }

    private void options(Exchange exchange, Routes.Match match) {
        exchange.set("Allow", match.allowed());
        if (exchange.header("Access-Control-Request-Method").isPresent()) {
            origins.preflight(exchange);
        }
        exchange.sendNothing(204);
    }

    private Optional<ApiKey> admit(Api api, Exchange exchange) {
        return switch (api.access()) {
            case API_KEY -> credentials.checkKey(exchange);
            case ADMIN -> {
                credentials.checkAdmin(exchange);
                yield Optional.empty();
            }
            case METRICS -> {
                credentials.checkWatcher(exchange);
                yield Optional.empty();
            }
            case OPEN, GREETING -> Optional.empty();
        };
    }

    private static Handler handlerOf(Routes.Match match, Exchange exchange) {
        return match.handler(exchange.method())
                .orElseThrow(() ->
                        Refusal.wrongMethod(
                                exchange.method(), exchange.rawPath(), match.allowed()));
    }

    /** Which models were asked for it. */
    private static String models(Exchange exchange) {
        List<CallAccount> calls = exchange.account().calls();
        return calls.isEmpty()
                ? ""
                : calls.stream()
                        .map(CallAccount::asked)
                        .distinct()
                        .collect(Collectors.joining(", ", ", asked for ", ""));
    }

    private static void refuse(Api api, Exchange exchange, Refusal refusal) {
        if (refusal.status() >= 500) {
            LOG.warn(
                    "Request {} answered {} {}{}",
                    exchange.id(),
                    refusal.status(),
                    refusal.code(),
                    models(exchange));
        }
        if (exchange.committed()) {
            throw new CloseConnectionException("failed after the answer had begun", refusal);
        }
        refusal.headers().forEach(exchange::set);
        RetryHeaders.set(exchange, refusal);
        exchange.send(
                api.errors().status(refusal),
                Exchange.JSON,
                api.errors().body(refusal, exchange.id()));
    }
}
