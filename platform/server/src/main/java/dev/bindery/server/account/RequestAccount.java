package dev.bindery.server.account;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One request, as far as operators are to know of it: nothing of what was said, and no secret. For
 * the thread that answers it.
 */
public final class RequestAccount {
    /** The account of the request that the current thread answers. */
    public static final ScopedValue<RequestAccount> CURRENT = ScopedValue.newInstance();

    private static final String STOPPED = "stopped";

    private final String id;
    private final String method;
    private final String path;
    private final Instant arrived = Instant.now();
    private final long started = System.nanoTime();
    private final List<CallAccount> calls = new ArrayList<>(1);
    private String api = "";
    private @Nullable String keyName;
    private @Nullable String failure;
    private int status;
    private long ended;
    private boolean clientGone;

    /**
     * @param path without its query
     */
    public RequestAccount(String id, String method, String path) {
        this.id = id;
        this.method = method;
        this.path = path;
    }

    public String id() {
        return id;
    }

    public String method() {
        return method;
    }

    /** The path as it was sent, without its query. */
    public String path() {
        return path;
    }

    public Instant arrived() {
        return arrived;
    }

    /** The name of the API that answers. */
    public String api() {
        return api;
    }

    public void api(String name) {
        api = name;
    }

    /** The name of the key that was shown; absent where none was needed, or it was refused. */
    public Optional<String> keyName() {
        return Optional.ofNullable(keyName);
    }

    public void keyName(String name) {
        keyName = name;
    }

    /** The status of the answer; absent where none was begun. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    public void status(int begun) {
        status = begun;
    }

    /** The calls of models that it made, in their order. */
    public List<CallAccount> calls() {
        return List.copyOf(calls);
    }

    /** What they have cost together; absent where that is unknown of any. */
    public Optional<Cost> cost() {
        List<Cost> known = calls.stream().flatMap(call -> call.cost().stream()).toList();
        return known.size() == calls.size() ? Cost.sum(known) : Optional.empty();
    }

    /** Nothing more can be written. */
    public void clientGone() {
        clientGone = true;
    }

    /**
     * It was refused, or failed on its way.
     *
     * @param code one of the server's own, or of {@link ErrorCode}'s names
     */
    public void failed(String code) {
        failure = code;
    }

    /** It failed with what a binding, or the host, throws. */
    public void failed(BindingException e) {
        failed(ErrorTypes.of(e.code()));
    }

    /**
     * Why it failed: the name of an {@link ErrorCode}, or in lower case what HTTP alone knows; of a
     * bounded set.
     */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    public RequestEnd end() {
        if (clientGone || STOPPED.equals(failure) || ErrorCode.CANCELLED.name().equals(failure)) {
            return RequestEnd.CANCELLED;
        }
        return failure == null ? RequestEnd.COMPLETE : RequestEnd.FAILED;
    }

    /** From its arrival to its end. */
    public Duration duration() {
        return Duration.ofNanos(ended - started);
    }

    /** From its arrival to the first piece of an answer; absent where there was none. */
    public Optional<Duration> toFirstPiece() {
        return calls.stream()
                .flatMap(call -> call.firstPiece().stream().boxed())
                .findFirst()
                .map(at -> Duration.ofNanos(at - started));
    }

    /** Its answer has been written, or has failed. */
    public void ended() {
        ended = System.nanoTime();
    }

    CallAccount call(String operation, String model) {
        CallAccount call = new CallAccount(operation, model);
        calls.add(call);
        return call;
    }
}
