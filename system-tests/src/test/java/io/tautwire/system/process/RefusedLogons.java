package io.tautwire.system.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.TautwireException;
import io.tautwire.client.Authenticator;
import io.tautwire.client.Client;
import io.tautwire.codec.ScramCredential;
import io.tautwire.server.Server;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.ServerLimits;
import io.tautwire.server.UserLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Fails to log on in every way there is, with all logs on, and prints every exception and every text that could be
 * printed. Its arguments are a directory of its own, a password and a token.
 */
final class RefusedLogons {
    private final Path directory;
    private final String password;
    private final String token;
    private final UserLine alice;

    private RefusedLogons(Path directory, String password, String token) {
        this.directory = directory;
        this.password = password;
        this.token = token;
        this.alice = UserLine.of("alice", password.toCharArray(), new byte[16], 4096);
    }

    /** Arguments: directory, password, token. */
    public static void main(String[] args) throws Exception {
        System.setProperty("org.slf4j.simpleLogger.log.io.tautwire", "trace");
        new RefusedLogons(Path.of(args[0]), args[1], args[2]).run();
        System.exit(0);
    }

    private void run() throws Exception {
        final Path users = Files.writeString(directory.resolve("users"), alice.text());
        failAt(ServerAuthenticator.users(users));
        failAt(ServerAuthenticator.bearer(any -> Optional.empty()));
        failAt(ServerAuthenticator.bearer(any -> Optional.of(any + '\n')));
        failAt(ServerAuthenticator.bearer(any -> {
            throw new java.io.IOException("cannot ask about " + any);
        }));
        failAt((attempt, verdict) -> {
            final String said = new String(attempt.credential(), UTF_8);
            throw new AssertionError("user=" + attempt.user() + " " + said, new IllegalStateException(said));
        });
        failAt((attempt, verdict) -> verdict.challenge(new byte[10_000]));
        failAt((attempt, verdict) -> verdict.challenge(new byte[1]));
        failAt((attempt, verdict) -> {}, Duration.ofMillis(50));
        failAt((attempt, verdict) -> verdict.accept(""));
        failToConfigure();
    }

    private void failAt(ServerAuthenticator authenticator) {
        failAt(authenticator, ServerLimits.defaults().logonTimeout());
    }

    private void failAt(ServerAuthenticator authenticator, Duration logonTimeout) {
        final ServerLimits limits =
                ServerLimits.defaults().change().logonTimeout(logonTimeout).done();
        final Path socket = directory.resolve("s");
        try (Server server = Server.builder()
                .listen("tcp://127.0.0.1:0")
                .listen("unix:///?path=" + socket)
                .authenticator(authenticator)
                .limits(limits)
                .start()) {
            System.out.println(authenticator + " " + server);
            for (final String at : List.of(
                    "tcp://USER127.0.0.1:" + server.listeners().get(0).port(), "unix://USERlocalhost?path=" + socket)) {
                for (final String user :
                        List.of("", "alice:x" + password, "bob:" + password, token, ":" + token, "alice:" + token)) {
                    final String uri = at.replace("USER", user.isEmpty() ? "" : user + '@');
                    fail(uri, null);
                    fail(uri, new Saying(('x' + password).getBytes(UTF_8)));
                    fail(uri, new Saying(token.getBytes(UTF_8)));
                    fail(uri, new Saying(ScramCredential.first("n,,n=alice,r=" + password + ",x=" + token)));
                    fail(uri, new Saying(alice.text().getBytes(UTF_8)));
                }
            }
        }
    }

    private static void fail(String uri, Authenticator authenticator) {
        try (Client client = new Client("refused")) {
            client.connect(uri);
            if (authenticator == null) {
                client.logon();
            } else {
                client.logon(authenticator);
            }
            System.out.println("logged on");
        } catch (TautwireException e) {
            System.out.println("failed " + e.code());
            e.printStackTrace();
        }
    }

    private void failToConfigure() throws Exception {
        final String key = alice.text().substring(alice.text().lastIndexOf(':') + 1);
        final List<String> lines = List.of(
                "alice:" + password,
                alice.text() + ":x",
                alice.text().replace("4096", password),
                key + ":" + alice.text());
        for (final String line : lines) {
            print(() -> UserLine.parse(line));
        }
        final Path file = Files.write(directory.resolve("bad"), lines);
        print(() -> ServerAuthenticator.users(file));
        print(() -> UserLine.of("a:b", password.toCharArray()));
        print(() -> UserLine.of("alice", (password + '\u0007').toCharArray()));
        System.out.println(alice);
    }

    private static void print(Runnable failing) {
        try {
            failing.run();
            System.out.println("done");
        } catch (TautwireException e) {
            System.out.println("failed " + e.code());
            e.printStackTrace();
        }
    }

    /** Says one thing, whatever it is asked. */
    private record Saying(byte[] credential) implements Authenticator {
        @Override
        public byte[] authenticate(String user, String password) {
            return credential.clone();
        }

        @Override
        public byte[] retry(String user, String password, byte[] challenge) {
            return credential.clone();
        }
    }
}
