package io.tautwire.cli;

import io.tautwire.cli.terminal.Terminal;
import io.tautwire.codec.ScramCredential;
import io.tautwire.server.UserLine;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a line of a users file. */
@Command(
        name = "user",
        header = "Make a line of a users file.",
        description =
                "Asks for a password, twice and unseen, and prints the user's line for the file of 'tautwire serve "
                        + "--users FILE'. The line verifies the password and does not hold it; keep the file secret "
                        + "all the same, for whoever has it can try out passwords at leisure.")
final class UserCommand implements Callable<Integer> {
    /** In place of what the command line library says of wrong words, which repeats them. */
    static final String WORDS_ARE_SECRET = "the words are not NAME, --password-stdin and --iterations N; they are not"
            + " repeated here, for a password may be among them: it is never given so, because others see it in the"
            + " list of processes";

    private static final int SALT_BYTES = 16;

    private final Terminal terminal;

    @Mixin
    private HelpOption help;

    @Parameters(paramLabel = "NAME", hideParamSyntax = true, arity = "0..*", description = "The user's name.")
    private List<String> words;

    @Option(
            names = "--password-stdin",
            description = "Read the password from standard input, to its end; a line end behind it is left out.")
    private boolean fromInput;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "How often the password is hashed, 4096 to 10000000; " + UserLine.DEFAULT_ITERATIONS
                    + " without it. More makes guessing dearer, and each logon.")
    private int iterations = UserLine.DEFAULT_ITERATIONS;

    UserCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (words == null) {
            throw new UsageException("no NAME given");
        }
        if (words.size() > 1) {
            throw new UsageException(WORDS_ARE_SECRET);
        }
        Checks.between("--iterations", iterations, ScramCredential.MIN_ITERATIONS, ScramCredential.MAX_ITERATIONS);
        final char[] password = password();
        try {
            final byte[] salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            terminal.line(UserLine.of(words.get(0), password, salt, iterations).text());
        } finally {
            Arrays.fill(password, '\0');
        }
        return 0;
    }

    private char[] password() throws IOException {
        final PasswordReader reader = new PasswordReader(terminal);
        return fromInput ? reader.fromInput() : reader.askedTwice(words.get(0));
    }
}
