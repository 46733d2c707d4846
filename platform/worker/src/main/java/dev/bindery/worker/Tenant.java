package dev.bindery.worker;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Threads;
import dev.bindery.host.isolation.LoadedCode;
import dev.bindery.host.protocol.CardCodec;
import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.WireReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The one binding that lives in this process, and the threads that its calls run on. */
final class Tenant {
    private final Host host;
    private volatile ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("call-", 0).factory());
    private volatile @Nullable LlmBinding binding;
    private volatile @Nullable ChildContext context;

    Tenant(Host host) {
        this.host = host;
    }

    /** The threads for calls: platform threads, unless the card says otherwise. */
    ExecutorService threads() {
        return threads;
    }

    /** The binding; it is there from {@code start}, {@code install} or {@code uninstall} on. */
    LlmBinding binding() {
        LlmBinding loaded = binding;
        if (loaded == null) {
            throw new BindingException(ErrorCode.INTERNAL, "the binding has not been started");
        }
        return loaded;
    }

    /** Loads the binding, which has not run before, and gives it its context. */
    synchronized LlmBinding load(WireReader setup) {
        if (binding != null) {
            throw new ProtocolException("this process has its binding already");
        }
        BindingCard card = CardCodec.decode(setup.object("card"));
        EventLogging.to(EventLogger.of(setup, host));
        LoadedCode code = Code.load(card, setup.object("code"));
        ChildContext context = ChildContext.of(setup, card, host, code.contextLoader());
        this.context = context;
        if (card.threads() == Threads.VIRTUAL) {
            threads =
                    Executors.newThreadPerTaskExecutor(within(code, Thread.ofVirtual().factory()));
        } else {
            threads =
                    Executors.newCachedThreadPool(
                            within(code, Thread.ofPlatform().daemon().name("call-", 0).factory()));
        }
        Thread.currentThread().setContextClassLoader(code.contextLoader());
        LlmBinding loaded = code.newBinding();
        loaded.attach(context);
        binding = loaded;
        return loaded;
    }

    /** Stops the binding, and then its background work, whatever becomes of the first. */
    void stop() throws Exception {
        try {
            binding().stop();
        } finally {
            ChildContext given = context;
            if (given != null) {
                given.close();
            }
        }
    }

    /** Tells the host's log of a failure that the caller is told little of. */
    void report(String method, Throwable thrown) {
        if (Failures.isUnexpected(thrown)) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            host.log("ERROR", method + " failed: " + trace);
        }
    }

    private static ThreadFactory within(LoadedCode code, ThreadFactory factory) {
        return work -> {
            Thread thread = factory.newThread(work);
            thread.setContextClassLoader(code.contextLoader());
            return thread;
        };
    }
}
