package io.tautwire.system.sim;

import io.tautwire.client.internal.core.Credentials;

/** For servers that take users at their word. */
enum NoCredentials implements Credentials {
    INSTANCE;

    @Override
    public byte[] first() {
        return new byte[0];
    }

    @Override
    public void onChallenge(byte[] challenge) {
        throw new IllegalStateException("no challenge is expected");
    }
}
