package io.tautwire.server.internal.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** A client of SCRAM-SHA-256, written by RFC 5802 alone and with nothing of the server's. */
public final class ScramPeer {
    private final String user;
    private final String password;
    private final String nonce;
    private String serverSignature;

    public ScramPeer(String user, String password, String nonce) {
        this.user = user;
        this.password = password;
        this.nonce = nonce;
    }

    /** The first credential. */
    public byte[] first() {
        return ("SCRAM-SHA-256\0n,," + bare()).getBytes(UTF_8);
    }

    /** The answer to the server's first message. */
    public byte[] last(String serverFirst) {
        return last(serverFirst, "c=biws," + serverFirst.split(",")[0]);
    }

    /** The same with a beginning of its own, well signed. */
    byte[] last(String serverFirst, String withoutProof) {
        final String[] attributes = serverFirst.split(",");
        final String signed = bare() + ',' + serverFirst + ',' + withoutProof;
        final byte[] salted = salted(
                Base64.getDecoder().decode(attributes[1].substring(2)), Integer.parseInt(attributes[2].substring(2)));
        final byte[] clientKey = hmac(salted, "Client Key");
        serverSignature = base64(hmac(hmac(salted, "Server Key"), signed));
        return (withoutProof + ",p=" + base64(xor(clientKey, hmac(hash(clientKey), signed)))).getBytes(UTF_8);
    }

    /** Whether the server has shown that it knew the verifier. */
    public boolean isServer(String serverFinal) {
        return serverFinal.equals("v=" + serverSignature);
    }

    static byte[] hmac(byte[] key, String message) {
        try {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] xor(byte[] one, byte[] other) {
        final byte[] both = Arrays.copyOf(one, one.length);
        for (int i = 0; i < both.length; i++) {
            both[i] ^= other[i];
        }
        return both;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private String bare() {
        return "n=" + user.replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce;
    }

    private byte[] salted(byte[] salt, int iterations) {
        try {
            final PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, 256);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
