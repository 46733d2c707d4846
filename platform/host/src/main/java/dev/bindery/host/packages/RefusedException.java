package dev.bindery.host.packages;

import java.io.IOException;

/** A fetch that was answered, but not with the file. */
final class RefusedException extends IOException {
    private final boolean worthTryingAgain;

    RefusedException(String message, boolean worthTryingAgain) {
        super(message);
        this.worthTryingAgain = worthTryingAgain;
    }

    static RefusedException of(int status) {
        boolean passing = status == 408 || status == 429 || status >= 500;
        return new RefusedException("the server answered with status " + status, passing);
    }

    boolean worthTryingAgain() {
        return worthTryingAgain;
    }
}
