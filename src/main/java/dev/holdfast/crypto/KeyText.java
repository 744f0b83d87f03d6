package dev.holdfast.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key as text: {@code holdfast_key_1_} and 48 characters of base64url (RFC 4648, section 5), which are the 32 bytes of the
 * key and the first 4 bytes of SHA-256({@code "holdfast key checksum 1" 0x00 key}).
 *
 * <p>The prefix lets scanners for leaked secrets find a key, the checksum tells a typo from another key, and 36 bytes fill 48
 * characters exactly, so a key has one spelling. None of the characters means anything to a shell, to XML or to Tomcat's
 * {@code ${...}}.
 */
final class KeyText {
    static final String PREFIX = "holdfast_key_1_";

    private static final String ANY_VERSION_PREFIX = "holdfast_key_";
    private static final int CHECKSUM_BYTES = 4;
    private static final int ENCODED_CHARS = (Xaes256Gcm.KEY_BYTES + CHECKSUM_BYTES) / 3 * 4;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final byte[] CHECKSUM_DOMAIN = "holdfast key checksum 1\0".getBytes(StandardCharsets.US_ASCII);

    private KeyText() {}

    /** What a piece of text turned out to be. */
    sealed interface Parsed {
        /** A key. */
        record Key(SealingKey key) implements Parsed {}

        /** No key; the problem goes after "line 3 " and shows nothing of the text. */
        record Wrong(String problem) implements Parsed {}
    }

    static String encode(byte[] key) {
        byte[] both = Arrays.copyOf(key, Xaes256Gcm.KEY_BYTES + CHECKSUM_BYTES);
        System.arraycopy(checksum(key), 0, both, Xaes256Gcm.KEY_BYTES, CHECKSUM_BYTES);
        return PREFIX + Base64.getUrlEncoder().encodeToString(both);
    }

    static Parsed parse(String text) {
        if (text.startsWith("${")) {
            return new Parsed.Wrong("is a ${...} that was not replaced: set that variable, and let Tomcat read it"
                    + " (org.apache.tomcat.util.digester.PROPERTY_SOURCE in conf/catalina.properties)");
        }
        if (!text.startsWith(PREFIX)) {
            return new Parsed.Wrong(
                    text.startsWith(ANY_VERSION_PREFIX)
                            ? "is a key of a form that is unknown here: it needs a newer version of Holdfast"
                            : "is not a Holdfast key: those begin with " + PREFIX);
        }
        int chars = text.length() - PREFIX.length();
        int stranger = firstStranger(text);
        if (stranger >= 0 && Character.isWhitespace(text.charAt(stranger))) {
            return new Parsed.Wrong("has something behind the key: one key to a line, and comments begin with #");
        }
        if (stranger >= 0) {
            return new Parsed.Wrong("has a character at position " + (stranger + 1) + " that no key contains");
        }
        if (chars < ENCODED_CHARS) {
            return new Parsed.Wrong(
                    "is cut off: " + chars + " characters after " + PREFIX + ", where a key has " + ENCODED_CHARS);
        }
        if (chars > ENCODED_CHARS) {
            return new Parsed.Wrong("is too long: " + chars + " characters after " + PREFIX + ", where a key has "
                    + ENCODED_CHARS + "; something is glued to it");
        }
        byte[] both = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
        byte[] key = Arrays.copyOf(both, Xaes256Gcm.KEY_BYTES);
        byte[] checksum = Arrays.copyOfRange(both, Xaes256Gcm.KEY_BYTES, both.length);
        if (!Arrays.equals(checksum, checksum(key))) {
            return new Parsed.Wrong(
                    "has a typo: its checksum does not match; copy the key again from where it was made");
        }
        return new Parsed.Key(new SealingKey(key));
    }

    private static int firstStranger(String text) {
        for (int i = PREFIX.length(); i < text.length(); i++) {
            if (ALPHABET.indexOf(text.charAt(i)) < 0) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] checksum(byte[] key) {
        return Arrays.copyOf(Sha256.of(CHECKSUM_DOMAIN, key), CHECKSUM_BYTES);
    }
}
