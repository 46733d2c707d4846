package dev.bindery.http;

import okhttp3.Call;
import okhttp3.EventListener;

/** Remembers whether any byte of a request has left: only before that is a failure harmless. */
final class Sending extends EventListener {
    static final EventListener.Factory FACTORY = Sending::of;

    private volatile boolean begun;

    boolean begun() {
        return begun;
    }

    @Override
    public void requestHeadersStart(Call call) {
        begun = true;
    }

    private static EventListener of(Call call) {
        Sending sending = call.request().tag(Sending.class);
        return sending == null ? EventListener.NONE : sending;
    }
}
