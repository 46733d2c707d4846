package dev.bindery.server.account;

import java.util.Optional;

/** Where calls of models are noted. */
sealed interface Ledger {
    /** The account of a call that begins; absent where none is kept. */
    Optional<CallAccount> begin(String operation, String model);

    void end(CallAccount call);

    /** Where those calls are noted that a binding makes for that one. */
    Ledger behind(CallAccount call);

    /** The account of the request that the current thread answers. */
    record OfRequests(RequestListener listener) implements Ledger {
        @Override
        public Optional<CallAccount> begin(String operation, String model) {
            return RequestAccount.CURRENT.isBound()
                    ? Optional.of(RequestAccount.CURRENT.get().call(operation, model))
                    : Optional.empty();
        }

        /** Told with its request, when that has ended. */
        @Override
        public void end(CallAccount call) {}

        @Override
        public Ledger behind(CallAccount call) {
            return new Behind(call, RequestAccount.CURRENT.get().api(), listener);
        }
    }

    /** The account of a call that is under way. */
    record Behind(CallAccount outer, String api, RequestListener listener) implements Ledger {
        @Override
        public Optional<CallAccount> begin(String operation, String model) {
            return Optional.of(outer.beginBehind(operation, model));
        }

        @Override
        public void end(CallAccount call) {
            outer.endBehind(call);
            listener.endedBehind(api, call);
        }

        @Override
        public Ledger behind(CallAccount call) {
            return new Behind(call, api, listener);
        }
    }
}
