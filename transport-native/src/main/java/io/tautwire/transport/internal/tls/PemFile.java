package io.tautwire.transport.internal.tls;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionOption;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PEM file (RFC 7468) that an option names. Every fault names the option, the file and what to do, and shows nothing
 * of what the file holds: it may be a key.
 */
final class PemFile {
    /** No file of certificates or keys is longer, 1 MiB; a device or a log named by mistake may be. */
    private static final int MAX_BYTES = 1 << 20;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC");

    private final String named;
    private final String path;
    private final List<Block> blocks = new ArrayList<>();

    private record Block(String type, String base64) {}

    private PemFile(ConnectionOption option, String path) {
        this.named = option.optionName() + "=" + path;
        this.path = path;
    }

    /**
     * Reads a file.
     *
     * @throws TautwireException CONFIGURATION_INVALID if it cannot be read or is no PEM file.
     */
    static PemFile read(ConnectionOption option, String path) {
        final PemFile file = new PemFile(option, path);
        final Matcher matcher = BLOCK.matcher(file.text());
        while (matcher.find()) {
            file.blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        if (file.blocks.isEmpty()) {
            throw file.fault("is no PEM file: name one with -----BEGIN lines", null);
        }
        return file;
    }

    /** All certificates, at least one, in the order of the file. */
    List<X509Certificate> certificates() {
        final List<X509Certificate> found = new ArrayList<>();
        for (final Block block : blocks) {
            if (block.type.equals(CERTIFICATE)) {
                found.add(certificate(block));
            }
        }
        if (found.isEmpty()) {
            throw fault("holds no certificate: name a file with a BEGIN CERTIFICATE line", null);
        }
        return found;
    }

    /** The only private key. */
    PrivateKey privateKey() {
        final List<Block> keys = blocks.stream()
                .filter(block -> block.type.endsWith(PRIVATE_KEY))
                .toList();
        if (keys.size() != 1) {
            throw fault("holds " + keys.size() + " private keys: name a file with one BEGIN PRIVATE KEY line", null);
        }
        final Block key = keys.get(0);
        if (key.type.equals("ENCRYPTED PRIVATE KEY") || key.base64.contains("ENCRYPTED")) {
            throw fault(
                    "is encrypted: take the password off with 'openssl pkey -in " + path
                            + " -out NEWFILE', and let only the owner read that file",
                    null);
        }
        if (!key.type.equals(PRIVATE_KEY)) {
            throw fault(
                    "is a key in the form BEGIN " + key.type + ", not PKCS#8: convert it with "
                            + "'openssl pkcs8 -topk8 -nocrypt -in " + path + " -out NEWFILE'",
                    null);
        }
        return privateKey(decode(key));
    }

    /** A fault of this file, in words that follow its name. */
    TautwireException fault(String what, Throwable cause) {
        return new TautwireException(Code.CONFIGURATION_INVALID, named + " " + what, cause);
    }

    private PrivateKey privateKey(byte[] encoded) {
        try {
            for (final String algorithm : KEY_ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
                } catch (InvalidKeySpecException e) {
                    continue; // of the other algorithm, or of none; what the JDK says of it may quote the key
                }
            }
        } catch (GeneralSecurityException e) {
            throw fault("cannot be read by this Java runtime: " + e.getMessage(), e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
        throw fault("holds no key that can be read: accepted are RSA and EC keys in PKCS#8", null);
    }

    private X509Certificate certificate(Block block) {
        final byte[] encoded = decode(block);
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw fault("holds a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    private byte[] decode(Block block) {
        try {
            return Base64.getMimeDecoder().decode(block.base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw fault("holds a damaged " + block.type + ": copy the file again", null);
        }
    }

    private String text() {
        try {
            final Path file = Path.of(path);
            if (Files.isDirectory(file)) {
                throw fault("is a directory: name a PEM file", null);
            }
            try (InputStream in = Files.newInputStream(file)) {
                final byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw fault("is longer than " + MAX_BYTES + " bytes: name a PEM file", null);
                }
                return new String(bytes, StandardCharsets.ISO_8859_1);
            }
        } catch (NoSuchFileException e) {
            throw fault("does not exist: name a PEM file, relative to the working directory or absolute", e);
        } catch (IOException | InvalidPathException e) {
            throw fault("cannot be read (" + e + "): let this user read it", e);
        }
    }
}
