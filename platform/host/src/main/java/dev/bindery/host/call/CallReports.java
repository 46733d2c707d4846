package dev.bindery.host.call;

import dev.bindery.api.BindingException;

/** Hears how calls end, to judge a generation by. Called on many threads. */
public interface CallReports {
    void succeeded(String instance, CallKind kind);

    void failed(String instance, CallKind kind, BindingException failure);

    /** A result's text differed from what its operations added up to. */
    void contradicted(String instance);

    /** A call has ignored its cancellation. */
    void stuck(String instance);
}
