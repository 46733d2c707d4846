package dev.bindery.server.account;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners as one; what one of them throws is logged, and harms no other. */
public record RequestListeners(List<RequestListener> all) implements RequestListener {
    private static final Logger LOG = LoggerFactory.getLogger(RequestListeners.class);

    public RequestListeners {
        all = List.copyOf(all);
    }

    @Override
    public void ended(RequestAccount request) {
        tell("request " + request.id(), listener -> listener.ended(request));
    }

    @Override
    public void endedBehind(String api, CallAccount call) {
        tell("a call of " + call.asked(), listener -> listener.endedBehind(api, call));
    }

    private void tell(String what, Consumer<RequestListener> end) {
        for (RequestListener listener : all) {
            try {
                end.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("The end of {} was not noted", what, e);
            }
        }
    }
}
