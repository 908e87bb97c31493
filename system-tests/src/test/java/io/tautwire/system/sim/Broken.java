package io.tautwire.system.sim;

import java.util.function.Supplier;

/** A promise was broken. The first word of the message names which. */
final class Broken extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final Promise promise;

    Broken(Promise promise, String what, Throwable cause) {
        super(promise + ": " + what, cause);
        this.promise = promise;
    }

    Promise promise() {
        return promise;
    }

    static void unless(boolean holds, Promise promise, Supplier<String> what) {
        if (!holds) {
            throw new Broken(promise, what.get(), null);
        }
    }
}
