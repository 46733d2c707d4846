package dev.bindery.server.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/**
 * Reads private keys in the forms that people have them in: PKCS#8, and the older ones of OpenSSL
 * for RSA (PKCS#1) and EC (SEC 1). The JDK knows PKCS#8 only; the others are what a PKCS#8 key
 * wraps, and what it says beside them of the kind of key, the certificate says as well.
 */
final class PemKey {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};

    private PemKey() {}

    /**
     * @param certified the key that the certificate speaks of
     */
    static PrivateKey of(Path file, PublicKey certified) throws IOException {
        List<PemBlock> blocks = PemBlock.of(file, "the certificate's key");
        PemBlock block =
                blocks.stream()
                        .filter(b -> b.kind().endsWith("PRIVATE KEY"))
                        .findFirst()
                        .orElseThrow(() ->
                                new IOException(
                                        ("%s holds no private key; expected BEGIN PRIVATE KEY,"
                                                        + " found %s")
                                                .formatted(file, PemBlock.kinds(blocks))));
        if (block.encrypted()) {
            throw new IOException(
                    ("%s is encrypted, and there is nobody to ask for its password; decrypt it into"
                                    + " a file that you alone can read: openssl pkey -in %s -out"
                                    + " KEY.pem")
                            .formatted(file, file));
        }
        return key(file, block, certified);
    }

    private static PrivateKey key(Path file, PemBlock block, PublicKey certified)
            throws IOException {
        boolean wrapped = block.kind().equals("PRIVATE KEY");
        byte[] pkcs8 = wrapped ? block.content() : wrap(block.content(), certified);
        try {
            return KeyFactory.getInstance(certified.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "%s holds no %s key, which the certificate is for, or a damaged one"
                            .formatted(file, certified.getAlgorithm()),
                    e);
        }
    }

    /** {@code SEQUENCE {version 0, the kind of key, OCTET STRING key}}. */
    private static byte[] wrap(byte[] key, PublicKey certified) {
        return tagged(SEQUENCE, VERSION, kind(certified.getEncoded()), tagged(OCTETS, key));
    }

    /** The first thing in a public key's own sequence says what kind of key it is. */
    private static byte[] kind(byte[] publicKey) {
        int start = 1 + lengthBytes(publicKey, 1);
        int content = start + 1 + lengthBytes(publicKey, start + 1);
        return Arrays.copyOfRange(publicKey, start, content + length(publicKey, start + 1));
    }

    private static int lengthBytes(byte[] der, int at) {
        return der[at] >= 0 ? 1 : 1 + (der[at] & 0x7f);
    }

    private static int length(byte[] der, int at) {
        if (der[at] >= 0) {
            return der[at];
        }
        int length = 0;
        for (int i = 1; i < lengthBytes(der, at); i++) {
            length = (length << 8) | (der[at + i] & 0xff);
        }
        return length;
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >> (8 * i));
            }
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
