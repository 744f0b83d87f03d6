package dev.holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.aead.internal.XAesGcm;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Held against the published vectors, the published accumulated hashes, and an implementation by others. */
class Xaes256GcmTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({
        "01, '', c8612c9ed53fe43e8e005b828a1631a0bbcb6ab2f46514ec4f439fcfd0fa969b,"
                + " ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
        "03, c2sp.org/XAES-256-GCM, e9c621d4cdd9b11b00a6427ad7e559aeedd66b3857646677748f8ca796cb3fd8,"
                + " 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"
    })
    void matchesThePublishedVectors(String keyByte, String associatedData, String derivedKey, String ciphertext)
            throws Exception {
        byte[] key = HEX.parseHex(keyByte.repeat(32));
        byte[] nonce = ascii("ABCDEFGHIJKLMNOPQRSTUVWX");

        assertThat(new XaesCiphers(new SecretKeySpec(key, "AES")).derive(nonce, 0))
                .isEqualTo(HEX.parseHex(derivedKey));
        byte[] message = seal(new Xaes256Gcm(key), nonce, ascii("XAES-256-GCM"), ascii(associatedData));
        assertThat(message).isEqualTo(HEX.parseHex(HEX.formatHex(nonce) + ciphertext));
        assertThat(new Xaes256Gcm(key).open(message, ascii(associatedData), 0)).isEqualTo(ascii("XAES-256-GCM"));
    }

    @Test
    void matchesThePublishedHashAccumulatedOverTenThousandMessages() throws Exception {
        assertThat(accumulatedHash(10_000))
                .isEqualTo("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939");
    }

    @Test
    @EnabledIfSystemProperty(named = "holdfast.test.long", matches = "true", disabledReason = "takes half a minute")
    void matchesThePublishedHashAccumulatedOverAMillionMessages() throws Exception {
        assertThat(accumulatedHash(1_000_000))
                .isEqualTo("2163ae1445985a30b60585ee67daa55674df06901b890593e824b8a7c885ab15");
    }

    private static String accumulatedHash(int messages) throws Exception {
        Shake128 random = new Shake128();
        Shake128 accumulated = new Shake128();
        for (int i = 0; i < messages; i++) {
            Xaes256Gcm cipher = new Xaes256Gcm(random.squeeze(32));
            byte[] nonce = random.squeeze(24);
            byte[] plain = random.squeeze(random.squeeze(1)[0] & 0xff);
            byte[] associatedData = random.squeeze(random.squeeze(1)[0] & 0xff);
            byte[] message = seal(cipher, nonce, plain, associatedData);
            accumulated.absorb(Arrays.copyOfRange(message, 24, message.length));
            assertThat(cipher.open(message, associatedData, 0)).isEqualTo(plain);
        }
        return HEX.formatHex(accumulated.squeeze(32));
    }

    @Test
    void theHashOfThesePublishedTestsIsShake128() {
        assertThat(HEX.formatHex(new Shake128().squeeze(16))).isEqualTo("7f9c2ba4e88f827d616045507605853e");
    }

    @Test
    void opensWhatTinkSealedAndTheReverse() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            byte[] key = bytes(random, 32);
            byte[] plain = bytes(random, random.nextInt(5000));
            byte[] associatedData = bytes(random, random.nextInt(100));
            Aead tink = tink(key);
            Xaes256Gcm ours = new Xaes256Gcm(key);

            assertThat(ours.open(tink.encrypt(plain, associatedData), associatedData, 0))
                    .isEqualTo(plain);
            byte[] sealed = seal(ours, bytes(random, 24), plain, associatedData);
            assertThat(tink.decrypt(sealed, associatedData)).isEqualTo(plain);
        }
    }

    @Test
    void authenticatesTheHeaderAheadOfTheAssociatedData() throws Exception {
        Xaes256Gcm cipher = new Xaes256Gcm(new byte[32]);
        byte[] message = new byte[3 + 24 + 5 + 16];
        message[0] = 7;
        cipher.seal(ascii("plain"), ascii("place"), message, 3);

        byte[] joined = new byte[] {7, 0, 0, 'p', 'l', 'a', 'c', 'e'};
        byte[] withoutHeader = Arrays.copyOfRange(message, 3, message.length);
        assertThat(cipher.open(withoutHeader, joined, 0)).isEqualTo(ascii("plain"));
    }

    @Test
    void usesCiphersAgainAndDropsThemAfterAnException() throws Exception {
        Xaes256Gcm cipher = new Xaes256Gcm(new byte[32]);
        byte[] message = seal(cipher, new byte[24], ascii("plain"), new byte[0]);
        cipher.open(message, new byte[0], 0);
        assertThat(cipher.idleCiphers()).isEqualTo(1);

        message[30] ^= 1;
        assertThatThrownBy(() -> cipher.open(message, new byte[0], 0)).isInstanceOf(AEADBadTagException.class);
        assertThat(cipher.idleCiphers()).isZero();

        message[30] ^= 1;
        assertThat(cipher.open(message, new byte[0], 0)).isEqualTo(ascii("plain"));
    }

    @Test
    void takesKeysOf32BytesOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Xaes256Gcm(new byte[16]))
                .withMessage("a key has 32 bytes, not 16");
    }

    private static byte[] seal(Xaes256Gcm cipher, byte[] nonce, byte[] plain, byte[] associatedData) {
        byte[] message = Arrays.copyOf(nonce, nonce.length + plain.length + Xaes256Gcm.TAG_BYTES);
        cipher.seal(plain, associatedData, message, 0);
        return message;
    }

    private static Aead tink(byte[] key) throws Exception {
        return XAesGcm.create(XAesGcmKey.create(
                XAesGcmParameters.create(XAesGcmParameters.Variant.NO_PREFIX, 12),
                SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()),
                null));
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
